using System.Diagnostics;
using Nexus.Core.Builds;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Providers;
using Nexus.Core.Routing;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;

namespace Nexus.Core.Rollouts;

/// <summary>Carries out one step: the only place where the reconciler touches the world.</summary>
internal sealed class StepExecutor(
    ProviderCatalog providers, RolloutLog log, FailureExplainer explainer, HealthMonitor health,
    SourceBuilds builds, ImageOptions images, DeploymentSecrets secrets, DatabaseSteps databases, PlanOptions plan, TimeProvider time)
{
    /// <summary>How long a replica may take to end by itself after it was told to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(100);

    /// <summary>Does the step. Waiting for health or for requests is waiting a moment; the planner then looks again.</summary>
    public Task ExecuteAsync(DeploymentState state, Sighting sighting, Step step, CancellationToken cancellationToken)
    {
        var provider = providers.Get(state.Deployment.Provider);
        return step switch
        {
            Step.PrepareImage => PrepareImageAsync(state, provider, cancellationToken),
            Step.BuildImage => builds.MakeAsync(state, provider, cancellationToken),
            Step.StartDatabase start => databases.StartAsync(state, start.Kind, cancellationToken),
            Step.StopDatabases => provider.Databases!.StopAsync(state.Deployment.Id, cancellationToken),
            Step.RemoveDatabases => provider.Databases!.RemoveAsync(state.Deployment.Id, cancellationToken),
            Step.GiveUpOnDatabase giveUp => databases.GiveUpAsync(state, giveUp.Kind, cancellationToken),
            Step.StartReplica start => StartAsync(state, start.Ordinal, provider, cancellationToken),
            Step.RestartReplica restart => RestartAsync(state, sighting.Replica(restart.ReplicaId), provider, cancellationToken),
            Step.SwitchTraffic change => SwitchAsync(state, sighting, change, cancellationToken),
            Step.StopReplica stop => provider.StopReplicaAsync(stop.ReplicaId, Grace, cancellationToken),
            Step.RemoveReplica remove => RemoveAsync(remove.ReplicaId, provider, cancellationToken),
            Step.GiveUp giveUp => GiveUpAsync(state, sighting, giveUp, cancellationToken),
            Step.WaitUntilHealthy or Step.Drain => Task.Delay(LookAgain(sighting), time, cancellationToken),
            _ => throw new UnreachableException($"{step} is no step to carry out."),
        };
    }

    /// <summary>An application that comes up does so soon as a rule: a replica is looked at the more often, the younger it is.</summary>
    private TimeSpan LookAgain(Sighting sighting)
    {
        var newest = sighting.Replicas.Max(replica => replica.StartedAt) ?? default;
        var age = time.GetUtcNow() - newest;
        return TimeSpan.FromTicks(Math.Clamp(age.Ticks / 4, ShortestLook.Ticks, LongestLook.Ticks));
    }

    private async Task PrepareImageAsync(DeploymentState state, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        // A first deployment takes what is on the engine already; a later revision asks the registry again.
        var policy = state.Revision.Number == 1 ? images.Pull : PullPolicy.Always;
        var progress = new ProgressNote(log, state, time);
        var image = ImageReference.Parse(state.Revision.Image);
        provider.PrepareProject(state.Deployment.OrganizationId, state.Deployment.ProjectId);
        var resolved = await provider.ResolveImageAsync(image, policy, progress, cancellationToken);
        await progress.FinishAsync();
        await log.ResolveAsync(state, resolved, cancellationToken);
    }

    private async Task StartAsync(
        DeploymentState state, int ordinal, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var variables = await secrets.FillAsync(state.Deployment, state.Revision, cancellationToken);
        await provider.StartReplicaAsync(state.Spec(ordinal, plan.ReplicaLimits) with { Variables = variables }, cancellationToken);
    }

    private async Task RestartAsync(
        DeploymentState state, Replica replica, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        var failure = state.WasStopped(replica) ? null : await explainer.ExplainAsync(state, replica, cancellationToken);
        await log.CountRestartAsync(state, replica, failure, cancellationToken);
        if (replica.State == ReplicaState.Running) await provider.StopReplicaAsync(replica.Id, Grace, cancellationToken);
        health.Forget(replica.Id);
        await StartAsync(state, replica.Ordinal, provider, cancellationToken);
    }

    private async Task SwitchAsync(
        DeploymentState state, Sighting sighting, Step.SwitchTraffic change, CancellationToken cancellationToken)
    {
        var replicas = change.ReplicaIds.Select(sighting.Replica).ToList();
        var targets = replicas.Select(replica => new RouteTarget(replica.Id, replica.Address!)).ToList();
        var routeState = targets.Count > 0 ? RouteState.Serving
            : state.Deployment.Wanted == WantedState.Running ? RouteState.Starting
            : state.Route?.State ?? RouteState.Stopped;
        var completes = state.RollingOut
            && replicas.Count == state.Deployment.WantedReplicas
            && replicas.TrueForAll(replica => replica.Revision == state.Revision.Number);
        await log.SwitchAsync(state, routeState, targets, completes, cancellationToken);
    }

    private async Task RemoveAsync(string replicaId, IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        await provider.RemoveReplicaAsync(replicaId, Grace, cancellationToken);
        health.Forget(replicaId);
    }

    private async Task GiveUpAsync(
        DeploymentState state, Sighting sighting, Step.GiveUp giveUp, CancellationToken cancellationToken)
    {
        var replica = sighting.Replica(giveUp.ReplicaId);
        var failure = await explainer.ExplainAsync(state, replica, cancellationToken);
        await log.FailAsync(state, failure, cancellationToken);
    }
}
