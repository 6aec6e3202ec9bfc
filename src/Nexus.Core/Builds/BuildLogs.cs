using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Builds;

/// <summary>Keeps the build logs of revisions, and reads them.</summary>
public sealed class BuildLogs(IDbContextFactory<NexusDbContext> database, DeploymentSecrets secrets, TimeProvider time)
{
    /// <summary>Of how many revisions that were built a deployment's logs are kept.</summary>
    private const int KeptRevisions = 20;

    /// <summary>How many lines are read at a time where they are searched through.</summary>
    private const int Batch = 2000;

    /// <summary>The newest lines of the newest build's log, oldest first.</summary>
    public async Task<LogPage> ReadAsync(Actor actor, string idOrName, LogQuery query, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ReadDeploymentLogs);
        query.Check();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().GetAsync(actor, idOrName, cancellationToken);
        var newest = await db.Revisions
            .Where(revision => revision.DeploymentId == deployment.Id && revision.Source != null && revision.CopyOf == null)
            .MaxAsync(revision => (int?)revision.Number, cancellationToken);
        if (newest is null) return new(deployment.Id, [], query.Cursor, "Deployed from an image: nothing was built.");
        var lines = await FindAsync(db, deployment.Id, newest.Value, query, cancellationToken);
        return new(deployment.Id, lines, LogQuery.CursorAfter(lines) ?? query.Cursor);
    }

    /// <summary>Opens the log of a build that begins, or begins again. Logs of long ago go.</summary>
    internal async Task<BuildLogWriter> BeginAsync(Guid deploymentId, int revision, CancellationToken cancellationToken)
    {
        var known = await secrets.KnownValuesAsync(deploymentId, cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await ForgetOldAsync(db, deploymentId, revision, cancellationToken);
        var last = await db.BuildLogLines.AsNoTracking()
            .Where(line => line.DeploymentId == deploymentId && line.Revision == revision)
            .OrderByDescending(line => line.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return new(database, new(deploymentId, revision, last?.Number ?? 0, last?.At ?? DateTimeOffset.UnixEpoch), known, time);
    }

    /// <summary>Of a deployment that is gone.</summary>
    internal async Task ForgetAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.BuildLogLines.Where(line => line.DeploymentId == deploymentId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>From the newest back, so that a search reads no more than it must.</summary>
    private static async Task<List<LogEntry>> FindAsync(
        NexusDbContext db, Guid deploymentId, int revision, LogQuery query, CancellationToken cancellationToken)
    {
        var found = new List<LogEntry>();
        for (var before = int.MaxValue; found.Count < query.Lines;)
        {
            var batch = await db.BuildLogLines.AsNoTracking()
                .Where(line => line.DeploymentId == deploymentId && line.Revision == revision && line.Number < before)
                .OrderByDescending(line => line.Number)
                .Take(query.Search is null ? query.Lines : Batch)
                .ToListAsync(cancellationToken);
            var entries = batch.Select(line => new LogEntry(line.At, line.Stream, $"r{revision}", line.Text)).ToList();
            found.AddRange(entries.Where(query.Wants).Take(query.Lines - found.Count));
            if (batch.Count == 0 || query.From is { } from && batch[^1].At < from) break;
            before = batch[^1].Number;
        }

        found.Reverse();
        return found;
    }

    private static async Task ForgetOldAsync(NexusDbContext db, Guid deploymentId, int revision, CancellationToken cancellationToken)
    {
        var kept = await db.Revisions
            .Where(built => built.DeploymentId == deploymentId && built.Number <= revision && built.Source != null && built.CopyOf == null)
            .OrderByDescending(built => built.Number)
            .Select(built => built.Number)
            .Take(KeptRevisions)
            .ToListAsync(cancellationToken);
        var oldest = kept.Count > 0 ? kept[^1] : revision;
        await db.BuildLogLines
            .Where(line => line.DeploymentId == deploymentId && line.Revision < oldest)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
