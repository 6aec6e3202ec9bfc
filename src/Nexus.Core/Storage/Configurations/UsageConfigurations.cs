using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Usage;

namespace Nexus.Core.Storage.Configurations;

internal sealed class UsageCountConfiguration : IEntityTypeConfiguration<UsageCount>
{
    /// <summary>Without a foreign key: a batch that holds one count of an organisation that is gone must not fail for all.</summary>
    public void Configure(EntityTypeBuilder<UsageCount> builder)
    {
        builder.HasKey(count => new { count.OrganizationId, count.Day, count.Measure, count.Name });
        builder.Property(count => count.Name).HasMaxLength(2000); // It can be a client's ID, and so the URL of a metadata document.
        builder.HasIndex(count => count.Day);
    }
}
