using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Routing;

namespace Nexus.Core.Rollouts;

/// <summary>What the database says of a deployment at the start of a step.</summary>
internal sealed record DeploymentState(
    Deployment Deployment, Revision Revision, Revision? ActiveRevision, Rollout? Rollout, Route? Route)
{
    /// <summary>Whether the newest command's rollout is still on its way.</summary>
    public bool RollingOut => Rollout is { Outcome: RolloutOutcome.InProgress };

    /// <summary>Whether the wanted revision was given up and no older one took over.</summary>
    public bool GivenUp =>
        Rollout is { Outcome: RolloutOutcome.Failed } && Rollout.Revision == Deployment.TargetRevision;

    /// <summary>Whether the replica ended before this rollout, when the deployment was stopped, and so has not crashed.</summary>
    public bool WasStopped(Replica replica) =>
        RollingOut && replica.State == ReplicaState.Exited && replica.StartedAt < Rollout!.StartedAt;

    /// <summary>The same as if the revision that serves were wanted, and nothing on its way.</summary>
    public DeploymentState OfServing() => this with { Revision = ActiveRevision!, Rollout = null };

    /// <summary>Each replica is held to the check of its own revision.</summary>
    public HealthCheck HealthCheckOf(int revision) =>
        revision == Revision.Number ? Revision.HealthCheck
        : revision == ActiveRevision?.Number ? ActiveRevision.HealthCheck
        : HealthCheck.Tcp;

    public Wanted WantedWithin(RolloutOptions options) => new()
    {
        State = Deployment.Wanted,
        Replicas = Deployment.WantedReplicas,
        Revision = Revision.Number,
        FromSource = Revision.Source is not null,
        ActiveRevision = Deployment.ActiveRevision,
        RollingOut = RollingOut,
        GivenUp = GivenUp,
        HealthTimeout = options.HealthTimeout,
        Databases = Deployment.Services,
    };

    public ReplicaSpec Spec(int ordinal, ReplicaLimits limits) => new()
    {
        OrganizationId = Deployment.OrganizationId,
        ProjectId = Deployment.ProjectId,
        DeploymentId = Deployment.Id,
        DeploymentName = Deployment.Name,
        Revision = Revision.Number,
        Ordinal = ordinal,
        Image = Revision.ResolvedImage!,
        Port = Revision.Port,
        Variables = Revision.Variables,
        Command = Revision.Command,
        Limits = limits,
        Databases = Deployment.Services,
    };
}
