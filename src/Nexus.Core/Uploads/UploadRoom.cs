using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;
using Nexus.Core.Storage;

namespace Nexus.Core.Uploads;

/// <summary>Holds what an organisation keeps against its limits.</summary>
internal sealed class UploadRoom(IDbContextFactory<NexusDbContext> database, UploadOptions options)
{
    /// <summary>Before a byte is taken in: is there room for one more, of <paramref name="bytes"/> as far as that is known?</summary>
    /// <exception cref="NexusException"><c>TOO_MANY_UPLOADS</c>.</exception>
    public async Task CheckAsync(Guid organizationId, long bytes, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await CheckAsync(db, organizationId, more: 1, bytes, cancellationToken);
    }

    /// <summary>When it is in: others of the organisation wait until this one is counted.</summary>
    /// <exception cref="NexusException"><c>TOO_MANY_UPLOADS</c>.</exception>
    public async Task CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await MemberRules.LockAsync(context, cancellationToken);
        await CheckAsync(context.Db, context.Actor.OrganizationId, more: 0, bytes: 0, cancellationToken);
    }

    private async Task CheckAsync(NexusDbContext db, Guid organizationId, int more, long bytes, CancellationToken cancellationToken)
    {
        var used = db.UsedUploads();
        var own = db.Uploads.Where(upload => upload.OrganizationId == organizationId);
        if (await own.CountAsync(upload => !used.Contains(upload.Id), cancellationToken) + more > options.MostWaiting)
            throw UploadErrors.TooManyWaiting(options.MostWaiting);
        if (await own.SumAsync(upload => upload.Bytes, cancellationToken) + bytes > options.MostBytes)
            throw UploadErrors.NoRoom(options.MostBytes);
    }
}
