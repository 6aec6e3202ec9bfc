using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// One pass at a time per deployment, over all nodes: a lease in the database, renewed while it is held, taken over when it
/// lapses. A newer command ends it early, so that the pass that it overtakes stops.
/// </summary>
internal sealed class Lease(IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>How long a newer command waits at most for the pass that it overtakes.</summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(1);

    /// <summary>Whoever could not renew it for so long lets go, well before it lapses and another takes over.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);

    private readonly LeaseOwner _self = LeaseOwner.ThisProcess();

    private string Owner => _self.ToString();

    /// <summary>
    /// Ends the leases of processes that died on this machine, so that a restarted server goes on at once. Only for SQLite, whose
    /// nodes are all on one machine; elsewhere they lapse.
    /// </summary>
    public async Task EndThoseOfTheDeadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsSqlite()) return;
        var owners = await db.Deployments
            .Where(deployment => deployment.LeaseOwner != null)
            .Select(deployment => deployment.LeaseOwner!)
            .Distinct()
            .ToListAsync(cancellationToken);
        var dead = owners.Where(owner => LeaseOwner.Parse(owner).IsDeadOnThisMachine).ToList();
        await db.Deployments.Where(deployment => dead.Contains(deployment.LeaseOwner!)).ExecuteUpdateAsync(
            set => set.SetProperty(deployment => deployment.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Deployments whose pass is due and that nobody holds, but for those of some organisations.</summary>
    public async Task<IReadOnlyList<DuePass>> FindDueAsync(
        int atMost, IReadOnlyCollection<Guid> exceptOrganizations, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Deployments
            .Where(deployment => deployment.NextPassAt <= now
                && (deployment.LeaseUntil == null || deployment.LeaseUntil < now)
                && !exceptOrganizations.Contains(deployment.OrganizationId))
            .OrderBy(deployment => deployment.NextPassAt)
            .Select(deployment => new DuePass(deployment.Id, deployment.OrganizationId, deployment.Generation))
            .Take(atMost)
            .ToListAsync(cancellationToken);
    }

    /// <summary>When the next pass becomes due, or its lease lapses, by the time alone; null for never.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Deployments
            .Where(deployment => deployment.NextPassAt != null)
            .Select(deployment => deployment.LeaseUntil > deployment.NextPassAt ? deployment.LeaseUntil : deployment.NextPassAt)
            .MinAsync(cancellationToken);
    }

    /// <summary>False when another holds it, or a newer command has come since it was found due.</summary>
    public async Task<bool> TryAcquireAsync(DuePass due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var acquired = await db.Deployments
            .Where(deployment => deployment.Id == due.DeploymentId
                && deployment.Generation == due.Generation
                && (deployment.LeaseUntil == null || deployment.LeaseUntil < now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(deployment => deployment.LeaseOwner, Owner)
                    .SetProperty(deployment => deployment.LeaseUntil, now + Duration),
                cancellationToken);
        return acquired == 1;
    }

    /// <summary>False when the lease was lost, or a newer command has come.</summary>
    public async Task<bool> RenewAsync(Guid deploymentId, int generation, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Duration;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var renewed = await db.Deployments
            .Where(deployment => deployment.Id == deploymentId
                && deployment.LeaseOwner == Owner
                && deployment.Generation == generation)
            .ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.LeaseUntil, until), cancellationToken);
        return renewed == 1;
    }

    /// <summary>
    /// Gives the lease back. The next pass is at <paramref name="next"/>, or when a newer command has set it to. Says whether that may be now.
    /// </summary>
    public async Task<bool> ReleaseAsync(
        Guid deploymentId, int generation, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var held = db.Deployments.Where(deployment => deployment.Id == deploymentId && deployment.LeaseOwner == Owner);
        var released = await held.Where(deployment => deployment.Generation == generation).ExecuteUpdateAsync(
            set => set.SetProperty(deployment => deployment.NextPassAt, next)
                .SetProperty(deployment => deployment.LeaseOwner, (string?)null)
                .SetProperty(deployment => deployment.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        if (released == 1) return next <= time.GetUtcNow();
        await held.ExecuteUpdateAsync(
            set => set.SetProperty(deployment => deployment.LeaseOwner, (string?)null)
                .SetProperty(deployment => deployment.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        return true;
    }
}

/// <summary>A deployment that is to be looked at, as it was found.</summary>
internal sealed record DuePass(Guid DeploymentId, Guid OrganizationId, int Generation);
