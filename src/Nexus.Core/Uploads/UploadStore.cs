using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Uploads;

/// <summary>Puts archives into the database and takes them out again, a chunk in memory at a time.</summary>
internal sealed class UploadStore(IDbContextFactory<NexusDbContext> database)
{
    /// <summary>Within the context's transaction: all of it is there, or nothing.</summary>
    public static async Task WriteAsync(NexusDbContext db, Upload upload, Stream archive, CancellationToken cancellationToken)
    {
        db.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        archive.Position = 0;
        for (var number = 0; archive.Position < archive.Length; number++)
        {
            var content = new byte[Math.Min(UploadChunk.Length, archive.Length - archive.Position)];
            await archive.ReadExactlyAsync(content, cancellationToken);
            var chunk = db.Add(new UploadChunk { UploadId = upload.Id, Number = number, Content = content });
            await db.SaveChangesAsync(cancellationToken);
            chunk.State = EntityState.Detached;
        }
    }

    /// <exception cref="NexusException"><c>UPLOAD_NOT_FOUND</c>.</exception>
    public async Task<Upload> CopyAsync(Guid id, Stream target, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var upload = await db.Uploads.AsNoTracking().FirstOrDefaultAsync(upload => upload.Id == id, cancellationToken)
            ?? throw UploadErrors.NotFound();
        var chunks = db.UploadChunks.Where(chunk => chunk.UploadId == id).OrderBy(chunk => chunk.Number).Select(chunk => chunk.Content);
        await foreach (var content in chunks.AsAsyncEnumerable().WithCancellation(cancellationToken))
            await target.WriteAsync(content, cancellationToken);
        return upload;
    }
}
