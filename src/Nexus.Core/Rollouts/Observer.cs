using Nexus.Core.Providers;
using Nexus.Core.Routing;

namespace Nexus.Core.Rollouts;

/// <summary>Sees what is: asks the provider for replicas, probes them, and asks the ingress.</summary>
internal sealed class Observer(ProviderCatalog providers, HealthMonitor health, IIngressView ingress)
{
    public async Task<Sighting> ObserveAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        var provider = providers.Get(state.Deployment.Provider);
        var replicas = await provider.ListReplicasAsync(state.Deployment.Id, cancellationToken);
        var routed = state.Route?.Targets.Select(target => target.ReplicaId).ToHashSet() ?? [];
        var seen = await Task.WhenAll(replicas.Select(replica => SeeAsync(state, replica, routed, cancellationToken)));
        return new(replicas, new Observed
        {
            Replicas = seen,
            ImageReady = state.Revision.ResolvedImage is not null,
            Routed = Current(state, replicas, routed),
            RoutedSince = state.Route?.ChangedAt ?? default,
            RouteApplied = state.Route is null || ingress.AppliedVersion >= state.Route.Version,
            Crashes = state.Deployment.Crashes,
            LastCrashAt = state.Deployment.LastCrashAt,
            Databases = state.Deployment.Services.Count > 0 && provider.Databases is { } host
                ? await host.ListAsync(state.Deployment.Id, cancellationToken)
                : [],
        });
    }

    /// <summary>Whether the replica's newest probe failed, so that it is worth another look soon.</summary>
    public bool Worries(Replica replica) => replica.State == ReplicaState.Running && health.ReasonOf(replica) is not null;

    private async Task<ObservedReplica> SeeAsync(
        DeploymentState state, Replica replica, HashSet<string> routed, CancellationToken cancellationToken)
    {
        var judged = replica.State == ReplicaState.Running
            ? await health.JudgeAsync(replica, state.HealthCheckOf(replica.Revision), routed.Contains(replica.Id), cancellationToken)
            : Health.Starting;
        return new(replica.Id, replica.Revision, replica.Ordinal, replica.State, judged)
        {
            StartedAt = replica.StartedAt,
            InFlight = ingress.InFlight(replica.Id),
        };
    }

    /// <summary>A replica that came back at another address is not where the route says: it counts as not routed.</summary>
    private static HashSet<string> Current(DeploymentState state, IReadOnlyList<Replica> replicas, HashSet<string> routed)
    {
        var moved = state.Route?.Targets
            .Where(target => replicas.Any(replica => replica.Id == target.ReplicaId && replica.Address != target.Address))
            .Select(target => target.ReplicaId) ?? [];
        return [.. routed.Except(moved)];
    }
}

/// <summary>What was seen: the provider's replicas, and the same for the planner.</summary>
internal sealed record Sighting(IReadOnlyList<Replica> Replicas, Observed Observed)
{
    public Replica Replica(string id) => Replicas.First(replica => replica.Id == id);

    /// <summary>The replica of whose life so far the provider keeps nothing once the step is done; null where there is none.</summary>
    public Replica? ForgottenBy(Step step) => step switch
    {
        Step.RemoveReplica remove => Replica(remove.ReplicaId),
        Step.RestartReplica restart => Replica(restart.ReplicaId),
        _ => null,
    };
}
