using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Organizations;

namespace Nexus.Core.Storage.Configurations;

internal sealed class DatabaseSourceConfiguration : IEntityTypeConfiguration<DatabaseSource>
{
    public void Configure(EntityTypeBuilder<DatabaseSource> builder)
    {
        builder.Property(source => source.Name).HasMaxLength(SourceRules.LongestName);
        builder.Property(source => source.Host).HasMaxLength(SourceRules.LongestHost);
        builder.Property(source => source.DatabaseName).HasMaxLength(SourceRules.LongestIdentifier);
        builder.Property(source => source.Username).HasMaxLength(SourceRules.LongestIdentifier);
        builder.Property(source => source.KeyId).HasMaxLength(16);
        builder.HasOne<Organization>().WithMany().HasForeignKey(source => source.OrganizationId);
        builder.HasIndex(source => new { source.OrganizationId, source.Name }).IsUnique();
        builder.HasIndex(source => source.KeyId); // As for secrets: start-up and rotation look for other keys.
    }
}

internal sealed class FixProposalConfiguration : IEntityTypeConfiguration<FixProposal>
{
    public void Configure(EntityTypeBuilder<FixProposal> builder)
    {
        builder.Property(proposal => proposal.SqlState).HasMaxLength(5);
        builder.Property(proposal => proposal.Fingerprint).HasMaxLength(64);
        builder.Property(proposal => proposal.Tables).HasJsonConversion();
        builder.HasOne<DatabaseSource>().WithMany().HasForeignKey(proposal => proposal.SourceId);
        builder.HasIndex(proposal => new { proposal.SourceId, proposal.CreatedAt });
    }
}
