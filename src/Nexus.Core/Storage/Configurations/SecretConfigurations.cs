using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Secrets;

namespace Nexus.Core.Storage.Configurations;

internal sealed class SecretConfiguration : IEntityTypeConfiguration<Secret>
{
    public void Configure(EntityTypeBuilder<Secret> builder)
    {
        builder.Property(secret => secret.Name).HasMaxLength(SecretName.Longest);
        builder.Property(secret => secret.Reach).HasMaxLength(64);
        builder.Property(secret => secret.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(secret => secret.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(secret => secret.ProjectId);
        builder.HasIndex(secret => new { secret.OrganizationId, secret.Name, secret.Reach }).IsUnique();
    }
}

internal sealed class SecretVersionConfiguration : IEntityTypeConfiguration<SecretVersion>
{
    public void Configure(EntityTypeBuilder<SecretVersion> builder)
    {
        builder.HasKey(version => new { version.SecretId, version.Version });
        builder.HasOne<Secret>().WithMany().HasForeignKey(version => version.SecretId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(version => version.KeyId).HasMaxLength(16);
        builder.HasIndex(version => version.KeyId); // Start-up and rotation look for other keys than the current one.
    }
}

internal sealed class SecretUseConfiguration : IEntityTypeConfiguration<SecretUse>
{
    public void Configure(EntityTypeBuilder<SecretUse> builder)
    {
        builder.HasKey(use => new { use.DeploymentId, use.Revision, use.Name });
        builder.HasOne<Revision>().WithMany().HasForeignKey(use => new { use.DeploymentId, use.Revision });
        builder.HasOne<Secret>().WithMany().HasForeignKey(use => use.SecretId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(use => use.Name).HasMaxLength(SecretName.Longest);
        builder.HasIndex(use => use.SecretId);
    }
}
