using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Projects;
using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>Reads deployments: lists and status.</summary>
public sealed class DeploymentQueries(
    IDbContextFactory<NexusDbContext> database, DeploymentReader reader, ServerAddresses addresses, TimeProvider time)
{
    public const int LongestWaitSeconds = 55;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private readonly DeploymentViews _views = new(addresses);

    /// <summary>The deployments that the actor sees, newest first. Deleted ones only when asked for by status.</summary>
    public async Task<Page<DeploymentSummary>> ListAsync(
        Actor actor, DeploymentFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListDeployments);
        var (limit, after) = (page.CheckedLimit, page.CheckedCursor);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (filter.ProjectId is { } project) await db.Projects.RequireAsync(actor, project, cancellationToken);
        var deployments = filter.Apply(db.Deployments.AsNoTracking().VisibleTo(actor));
        if (after is { } cursor) deployments = deployments.Where(deployment => deployment.Id.CompareTo(cursor) < 0);
        var found = await (
            from deployment in deployments
            join revision in db.Revisions
                on new { Id = deployment.Id, Number = deployment.TargetRevision }
                equals new { Id = revision.DeploymentId, revision.Number }
            orderby deployment.Id descending
            select new { Deployment = deployment, revision.Image })
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        return page.Cut([.. found.Select(row => _views.Summary(row.Deployment, row.Image))], summary => summary.Id);
    }

    /// <summary>The status now, or as soon as the rollout ends, at the latest after <paramref name="waitSeconds"/> (0 to 55).</summary>
    public Task<DeploymentReport> StatusAsync(
        Actor actor, string idOrName, int waitSeconds, CancellationToken cancellationToken) =>
        StatusAsync(actor, idOrName, waitSeconds, watcher: null, cancellationToken);

    /// <summary>The same, and <paramref name="watcher"/> is told each new state that is seen while waiting.</summary>
    public async Task<DeploymentReport> StatusAsync(
        Actor actor, string idOrName, int waitSeconds, IProgress<DeploymentReport>? watcher, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ReadDeployment);
        CheckWait(waitSeconds);
        var until = time.GetUtcNow().AddSeconds(waitSeconds);
        var report = await ReadAsync(actor, idOrName, cancellationToken);
        for (DeploymentReport? told = null; !report.Settled && time.GetUtcNow() < until;)
        {
            if (report.DiffersFrom(told)) watcher?.Report(told = report);
            await Task.Delay(LookAgain, time, cancellationToken);
            report = await ReadAsync(actor, report.Deployment.Id.ToString(), cancellationToken);
        }

        return report;
    }

    private async Task<DeploymentReport> ReadAsync(Actor actor, string idOrName, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(actor, idOrName, cancellationToken);
        return _views.Report(read.Deployment, read.Image, read.Rollout);
    }

    private static void CheckWait(int waitSeconds)
    {
        if (waitSeconds is >= 0 and <= LongestWaitSeconds) return;
        throw DeploymentErrors.Invalid(
            "waitSeconds",
            $"waitSeconds is {waitSeconds}; 0 to {LongestWaitSeconds} are allowed.",
            "Ask again when the time is over.");
    }
}

/// <summary>Narrows a list of deployments.</summary>
public sealed record DeploymentFilter(
    DeploymentStatus? Status = null, Guid? ProjectId = null, DeploymentEnvironment? Environment = null)
{
    internal IQueryable<Deployment> Apply(IQueryable<Deployment> deployments)
    {
        deployments = Status is { } status
            ? deployments.Where(deployment => deployment.Status == status)
            : deployments.Where(deployment => deployment.DeletedAt == null);
        if (ProjectId is { } project) deployments = deployments.Where(deployment => deployment.ProjectId == project);
        if (Environment is { } environment)
            deployments = deployments.Where(deployment => deployment.Environment == environment);
        return deployments;
    }
}
