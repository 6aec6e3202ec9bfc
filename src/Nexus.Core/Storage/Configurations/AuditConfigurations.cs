using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Audit;

namespace Nexus.Core.Storage.Configurations;

internal sealed class AuditRecordConfiguration : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.HasIndex(record => new { record.OrganizationId, record.Id });
        builder.HasIndex(record => new { record.OrganizationId, record.Sequence }).IsUnique();
        builder.Property(record => record.Operation).HasMaxLength(64);
        builder.Property(record => record.Surface).HasMaxLength(32);
        builder.Property(record => record.Outcome).HasMaxLength(64);
        builder.Property(record => record.Hash).HasMaxLength(64);
    }
}

internal sealed class AuditChainConfiguration : IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.HasKey(chain => chain.OrganizationId);
        builder.Property(chain => chain.OrganizationId).ValueGeneratedNever(); // The server's is the empty one.
        builder.Property(chain => chain.Hash).HasMaxLength(64);
        builder.Property(chain => chain.StartHash).HasMaxLength(64);
        builder.Property(chain => chain.KeyId).HasMaxLength(32);
        builder.Property(chain => chain.Seal).HasMaxLength(64);
    }
}
