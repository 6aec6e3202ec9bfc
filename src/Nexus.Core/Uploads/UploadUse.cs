using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Storage;

namespace Nexus.Core.Uploads;

/// <summary>Which uploads are used, and the leave to use one.</summary>
internal static class UploadUse
{
    /// <summary>The one place that says so: a deployment that isn't deleted has a revision of it, which a redeploy would build afresh.</summary>
    public static IQueryable<Guid?> UsedUploads(this NexusDbContext db) =>
        from revision in db.Revisions
        join deployment in db.Deployments on revision.DeploymentId equals deployment.Id
        where revision.UploadId != null && deployment.DeletedAt == null
        select revision.UploadId;

    /// <summary>Of those, the ones that have had their time without being used.</summary>
    public static IQueryable<Upload> ExpiredUploads(this NexusDbContext db, DateTimeOffset now)
    {
        var used = db.UsedUploads();
        return db.Uploads.Where(upload => upload.ExpiresAt <= now && !used.Contains(upload.Id));
    }

    /// <summary>
    /// Refuses a revision whose upload isn't there for the actor. The write keeps the row from being pruned until the command's
    /// transaction ends, and puts its end off, so that pruning which waited for that sees a row that is not due.
    /// </summary>
    public static async Task BindAsync(Revision revision, CommandContext context, CancellationToken cancellationToken)
    {
        if (revision.UploadId is not { } id) return;
        var (organization, now, until) = (context.Actor.OrganizationId, context.Now, context.Now + Upload.Kept);
        var used = context.Db.UsedUploads();
        var found = await context.Db.Uploads
            .Where(upload => upload.Id == id && upload.OrganizationId == organization && (upload.ExpiresAt > now || used.Contains(upload.Id)))
            .ExecuteUpdateAsync(set => set.SetProperty(upload => upload.ExpiresAt, until), cancellationToken);
        if (found == 0) throw UploadErrors.NotFound();
    }
}
