using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Domains.Certificates;
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

internal sealed class DomainCertificateConfiguration : IEntityTypeConfiguration<DomainCertificate>
{
    public void Configure(EntityTypeBuilder<DomainCertificate> builder)
    {
        builder.HasKey(certificate => certificate.DomainId);
        builder.HasOne<CustomDomain>().WithOne().HasForeignKey<DomainCertificate>(certificate => certificate.DomainId);
        builder.Property(certificate => certificate.LastError).HasMaxLength(500);
        builder.Property(certificate => certificate.LeaseOwner).HasMaxLength(32);
        builder.HasIndex(certificate => certificate.NextAttemptAt);
    }
}

internal sealed class IssuedCertificateConfiguration : IEntityTypeConfiguration<IssuedCertificate>
{
    public void Configure(EntityTypeBuilder<IssuedCertificate> builder)
    {
        builder.HasKey(certificate => certificate.DomainId);
        builder.HasOne<DomainCertificate>().WithOne().HasForeignKey<IssuedCertificate>(certificate => certificate.DomainId);
        builder.Property(certificate => certificate.KeyId).HasMaxLength(16);
        builder.HasIndex(certificate => certificate.IssuedAt);
    }
}

internal sealed class AcmeAccountConfiguration : IEntityTypeConfiguration<AcmeAccount>
{
    public void Configure(EntityTypeBuilder<AcmeAccount> builder)
    {
        builder.HasKey(account => account.Directory);
        builder.Property(account => account.Directory).HasMaxLength(500);
        builder.Property(account => account.KeyId).HasMaxLength(16);
    }
}

internal sealed class AcmeChallengeConfiguration : IEntityTypeConfiguration<AcmeChallenge>
{
    public void Configure(EntityTypeBuilder<AcmeChallenge> builder)
    {
        builder.HasKey(challenge => challenge.Token);
        builder.Property(challenge => challenge.Token).HasMaxLength(256);
    }
}
