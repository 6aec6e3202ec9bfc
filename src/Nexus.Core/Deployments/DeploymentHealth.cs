using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>Looks at each replica of a deployment now: its life, a probe of its own, and what it uses.</summary>
public sealed class DeploymentHealth(
    IDbContextFactory<NexusDbContext> database, ProviderCatalog providers, HealthProbe probe)
{
    /// <summary>Figures of use that take longer are left out.</summary>
    private static readonly TimeSpan UsageLimit = TimeSpan.FromSeconds(5);

    public async Task<HealthReport> ReadAsync(Actor actor, string idOrName, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ReadDeploymentHealth);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().GetAsync(actor, idOrName, cancellationToken);
        try
        {
            var provider = providers.Get(deployment.Provider);
            var replicas = await provider.ListReplicasAsync(deployment.Id, cancellationToken);
            var known = await KnownAsync(db, deployment, replicas, cancellationToken);
            var seen = await Task.WhenAll(replicas.Select(replica => SeeAsync(provider, replica, known, cancellationToken)));
            return new(deployment.Id, deployment.Status, seen);
        }
        catch (ProviderException failure)
        {
            throw failure.ToRefusal();
        }
    }

    private static async Task<Known> KnownAsync(
        NexusDbContext db, Deployment deployment, IReadOnlyList<Replica> replicas, CancellationToken cancellationToken)
    {
        var numbers = replicas.Select(replica => replica.Revision).Distinct().ToList();
        var checks = await db.Revisions.AsNoTracking()
            .Where(revision => revision.DeploymentId == deployment.Id && numbers.Contains(revision.Number))
            .ToDictionaryAsync(revision => revision.Number, revision => revision.HealthCheck, cancellationToken);
        var restarts = await db.DeploymentEvents
            .Where(happened => happened.DeploymentId == deployment.Id && happened.Kind == DeploymentEventKinds.Crashed
                && happened.Replica != null)
            .GroupBy(happened => happened.Replica!)
            .Select(group => new { Replica = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Replica, group => group.Count, cancellationToken);
        var route = await db.Routes.AsNoTracking()
            .FirstOrDefaultAsync(route => route.DeploymentId == deployment.Id, cancellationToken);
        return new(checks, restarts, route?.Targets.Select(target => target.ReplicaId).ToHashSet() ?? []);
    }

    private async Task<ReplicaHealth> SeeAsync(
        IDeploymentProvider provider, Replica replica, Known known, CancellationToken cancellationToken)
    {
        var usage = ReadUsageAsync(provider, replica, cancellationToken);
        var probed = replica.Address is { } address
            ? await probe.ProbeAsync(address, known.Checks.GetValueOrDefault(replica.Revision) ?? HealthCheck.Tcp, cancellationToken)
            : null;
        return new(replica, known.Routed.Contains(replica.Id), known.Restarts.GetValueOrDefault(replica.Name), probed, await usage);
    }

    private static async Task<ReplicaUsage?> ReadUsageAsync(
        IDeploymentProvider provider, Replica replica, CancellationToken cancellationToken)
    {
        if (replica.State != ReplicaState.Running) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(UsageLimit);
        try
        {
            return await provider.ReadUsageAsync(replica.Id, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed record Known(Dictionary<int, HealthCheck> Checks, Dictionary<string, int> Restarts, HashSet<string> Routed);
}

/// <summary>A deployment's replicas as they are now.</summary>
public sealed record HealthReport(Guid DeploymentId, DeploymentStatus Status, IReadOnlyList<ReplicaHealth> Replicas);

/// <summary>A replica, whether it takes traffic, how often it had to be started again, and what it just answered and uses.</summary>
public sealed record ReplicaHealth(Replica Replica, bool TakesTraffic, int Restarts, ProbeResult? Probe, ReplicaUsage? Usage);
