using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Domains.Names;
using Nexus.Core.Organizations;

namespace Nexus.Core.Storage.Configurations;

internal sealed class CustomDomainConfiguration : IEntityTypeConfiguration<CustomDomain>
{
    public void Configure(EntityTypeBuilder<CustomDomain> builder)
    {
        builder.Property(domain => domain.Name).HasMaxLength(DomainName.Longest);
        builder.Property(domain => domain.Token).HasMaxLength(32);
        builder.HasOne<Organization>().WithMany().HasForeignKey(domain => domain.OrganizationId);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(domain => domain.DeploymentId);
        builder.HasIndex(domain => domain.Name).IsUnique().HasFilter("\"VerifiedAt\" IS NOT NULL AND \"RemovedAt\" IS NULL");
        builder.HasIndex(domain => new { domain.OrganizationId, domain.Name }).IsUnique().HasFilter("\"RemovedAt\" IS NULL");
    }
}
