using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Core.Builds;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Sources;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Takes images away that Nexus brought to the engine and no revision needs any more.
/// </summary>
internal sealed partial class ImageCleanUp(
    IDbContextFactory<NexusDbContext> database, ProviderCatalog providers, ImageOptions options, ILogger<ImageCleanUp> logger)
{
    /// <summary>After a deployment has moved on or is gone. False where something couldn't be removed yet.</summary>
    public async Task<bool> RunAsync(Deployment moved, CancellationToken cancellationToken)
    {
        try
        {
            return await RemoveUnneededAsync(moved, cancellationToken);
        }
        catch (ProviderException failure)
        {
            LogPutOff(moved.Id, failure.Code, failure.Message);
            return false;
        }
    }

    private async Task<bool> RemoveUnneededAsync(Deployment moved, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var removed = await RemoveUnrecordedAsync(db, moved, cancellationToken);
        var owned = await db.Revisions
            .Where(revision => revision.DeploymentId == moved.Id && revision.ResolvedImage != null
                && db.Revisions.Any(other => other.OwnsImage && other.ResolvedImage == revision.ResolvedImage))
            .Select(revision => revision.ResolvedImage!)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var image in owned) removed &= await RemoveUnlessNeededAsync(db, providers.Get(moved.Provider), image, cancellationToken);
        return removed;
    }

    /// <summary>A build that was finished while its deployment had moved on already is in no revision.</summary>
    private async Task<bool> RemoveUnrecordedAsync(NexusDbContext db, Deployment moved, CancellationToken cancellationToken)
    {
        if (!await db.Revisions.AnyAsync(revision => revision.DeploymentId == moved.Id && revision.Source != null, cancellationToken)) return true;
        var provider = providers.Get(moved.Provider);
        var removed = true;
        foreach (var built in await provider.ListBuildsAsync(moved.Id, cancellationToken))
        {
            if (await db.Revisions.AnyAsync(revision => revision.ResolvedImage == built.Reference, cancellationToken)) continue;
            removed &= await provider.RemoveImageAsync(built.Reference, [BuildTag.Of(moved.Id, built.Revision)], cancellationToken);
        }

        return removed;
    }

    private async Task<bool> RemoveUnlessNeededAsync(
        NexusDbContext db, IDeploymentProvider provider, string image, CancellationToken cancellationToken)
    {
        // The database knows of most that they are needed, without a question to the engine.
        if (await IsNeededAsync(db, provider.Id, new HashSet<string> { image }, cancellationToken)) return true;
        var names = (await provider.FindImageNamesAsync(image, cancellationToken)).Append(image).ToHashSet();
        if (await IsNeededAsync(db, provider.Id, names, cancellationToken)) return true;
        var asked = await db.Revisions
            .Where(revision => revision.ResolvedImage != null && names.Contains(revision.ResolvedImage))
            .Select(revision => revision.Image)
            .Distinct()
            .ToListAsync(cancellationToken);
        if (!await provider.RemoveImageAsync(image, asked, cancellationToken)) return false;
        await db.Revisions
            .Where(revision => revision.ResolvedImage != null && names.Contains(revision.ResolvedImage))
            .ExecuteUpdateAsync(set => set.SetProperty(revision => revision.OwnsImage, false), cancellationToken);
        return true;
    }

    private Task<bool> IsNeededAsync(
        NexusDbContext db, string providerId, HashSet<string> names, CancellationToken cancellationToken) => (
            from revision in db.NeededRevisionsOf(options.KeepRevisions)
            join deployment in db.Deployments on revision.DeploymentId equals deployment.Id
            where revision.ResolvedImage != null && names.Contains(revision.ResolvedImage) && deployment.Provider == providerId
            select revision)
        .AnyAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployment {DeploymentId}: images are cleaned up later, the provider answered {Code}: {Answer}")]
    private partial void LogPutOff(Guid deploymentId, string code, string answer);
}
