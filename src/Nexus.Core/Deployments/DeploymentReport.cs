using Nexus.Core.Rollouts;

namespace Nexus.Core.Deployments;

/// <summary>Everything that a status tells: the deployment, its newest rollout, and its newest failure.</summary>
public sealed record DeploymentReport(DeploymentSummary Deployment, RolloutView? Rollout, DeploymentFailure? LastFailure)
{
    /// <summary>Whether nothing is on its way any more, so that waiting longer brings nothing.</summary>
    public bool Settled => Rollout is null or { Outcome: not RolloutOutcome.InProgress } && !Mends;

    /// <summary>Whether somebody who watches would want to hear of it.</summary>
    internal bool DiffersFrom(DeploymentReport? earlier) =>
        earlier is null
        || earlier.Deployment.Status != Deployment.Status
        || earlier.Deployment.ReplicasReady != Deployment.ReplicasReady
        || !(earlier.Rollout?.Steps ?? []).SequenceEqual(Rollout?.Steps ?? []);

    /// <summary>Replicas are missing or too many, after a crash or a change of their number.</summary>
    private bool Mends =>
        Deployment.Status is DeploymentStatus.Running or DeploymentStatus.Degraded
        && Deployment.ReplicasReady != Deployment.ReplicasWanted;
}

/// <summary>A rollout as callers see it.</summary>
public sealed record RolloutView(
    int Revision,
    RolloutOutcome Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<RolloutStep> Steps);
