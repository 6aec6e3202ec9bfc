using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Storage;

namespace Nexus.Core.Usage;

/// <summary>Reads what the actor's organisation used. It holds sums alone: no name of a project, a deployment or a person.</summary>
public sealed class UsageQueries(
    IDbContextFactory<NexusDbContext> database, UsageLedger ledger, CurrentUse current, PlanOptions plan, PlanGuard guard, CallQuota quota,
    TimeProvider time)
{
    public async Task<UsageReport> ReadAsync(Actor actor, UsagePeriod period, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ReadUsage);
        await ledger.FlushAsync(); // So that an agent sees the calls that it has just made here.
        var days = UsageDays.Of(period, UsageDay.Of(time.GetUtcNow()));
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var standing = db.Deployments.VisibleTo(actor).Where(deployment => deployment.DeletedAt == null);
        var running = await RunningAsync(standing, cancellationToken);
        return new(
            days,
            await TotalsAsync(db, actor, days, cancellationToken),
            await CountsAsync(standing, cancellationToken),
            running.Sum(deployment => deployment.Replicas),
            await current.ReadAsync([.. running.Select(one => (one.Id, one.Provider))], cancellationToken),
            new(
                plan,
                await guard.ReadDeploymentsAsync(db, actor.OrganizationId, cancellationToken),
                await quota.ReadAsync(actor.OrganizationId, cancellationToken)));
    }

    private static async Task<UsageTotals> TotalsAsync(
        NexusDbContext db, Actor actor, UsageDays days, CancellationToken cancellationToken) => new(
        await db.UsageCounts
            .Where(count => count.OrganizationId == actor.OrganizationId && count.Day >= days.From && count.Day <= days.Through)
            .GroupBy(count => new { count.Measure, count.Name })
            .Select(group => new UsageTotals.Part(group.Key.Measure, group.Key.Name, group.Sum(count => count.Amount)))
            .ToListAsync(cancellationToken));

    private static Task<Dictionary<DeploymentStatus, int>> CountsAsync(IQueryable<Deployment> standing, CancellationToken cancellationToken) =>
        standing.GroupBy(deployment => deployment.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Status, group => group.Count, cancellationToken);

    /// <summary>Those that the reconciler last saw running.</summary>
    private static Task<List<Running>> RunningAsync(IQueryable<Deployment> standing, CancellationToken cancellationToken) =>
        standing.Where(deployment => deployment.ReadyReplicas > 0)
            .Select(deployment => new Running(deployment.Id, deployment.Provider, deployment.ReadyReplicas))
            .ToListAsync(cancellationToken);

    private sealed record Running(Guid Id, string Provider, int Replicas);
}
