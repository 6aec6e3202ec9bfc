using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Organizations;
using Nexus.Core.Uploads;

namespace Nexus.Core.Storage.Configurations;

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.HasOne<Organization>().WithMany().HasForeignKey(upload => upload.OrganizationId);
        builder.Property(upload => upload.Sha256).HasMaxLength(64);
        builder.HasIndex(upload => upload.ExpiresAt);
    }
}

internal sealed class UploadChunkConfiguration : IEntityTypeConfiguration<UploadChunk>
{
    public void Configure(EntityTypeBuilder<UploadChunk> builder)
    {
        builder.HasKey(chunk => new { chunk.UploadId, chunk.Number });
        builder.HasOne<Upload>().WithMany().HasForeignKey(chunk => chunk.UploadId).OnDelete(DeleteBehavior.Cascade);
    }
}
