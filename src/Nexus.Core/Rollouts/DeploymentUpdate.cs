using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>The rows of one deployment in a transaction of the reconciler, and the changes that it makes to them.</summary>
internal sealed record DeploymentUpdate(NexusDbContext Db, Deployment Deployment, Revision Revision, Rollout? Rollout)
{
    /// <summary>Whether an older revision takes over when the wanted one is given up.</summary>
    public bool FallsBack => Deployment.ActiveRevision is { } active && active != Revision.Number;

    public static async Task<DeploymentUpdate> LoadAsync(
        NexusDbContext db, DeploymentState state, CancellationToken cancellationToken)
    {
        var id = state.Deployment.Id;
        var deployment = await db.Deployments.FirstAsync(deployment => deployment.Id == id, cancellationToken);
        if (deployment.Generation != state.Deployment.Generation) throw new OvertakenException();
        var revision = await db.Revisions.FirstAsync(
            revision => revision.DeploymentId == id && revision.Number == deployment.TargetRevision, cancellationToken);
        var rollout = await db.Rollouts.FirstOrDefaultAsync(
            rollout => rollout.DeploymentId == id && rollout.Generation == deployment.Generation, cancellationToken);
        return new(db, deployment, revision, rollout);
    }

    public void BeginStep(string kind, DateTimeOffset now)
    {
        EndStep(now);
        Rollout?.Steps.Add(new RolloutStep(kind, now));
    }

    public void DetailStep(string detail)
    {
        if (Rollout?.Steps is [.., { EndedAt: null } last] steps) steps[^1] = last with { Detail = detail };
    }

    public void Succeed(DateTimeOffset now)
    {
        if (Deployment.Wanted == WantedState.Running)
        {
            (Deployment.ActiveRevision, Deployment.LastFailure) = (Deployment.TargetRevision, null);
            (Deployment.Status, Deployment.ReadyReplicas) = (DeploymentStatus.Running, Deployment.WantedReplicas);
            Revision.ServedAt ??= now;
        }

        (Deployment.Crashes, Deployment.LastCrashAt) = (0, null);
        End(RolloutOutcome.Succeeded, now);
        Event(now, "rollout.succeeded", $"Revision {Revision.Number} is {Deployment.Wanted.ToString().ToLowerInvariant()}.");
    }

    public void Fail(DeploymentFailure failure, DateTimeOffset now)
    {
        Deployment.LastFailure = failure;
        (Deployment.Crashes, Deployment.LastCrashAt, Deployment.FailedPasses) = (0, null, 0);
        if (FallsBack) (Deployment.TargetRevision, Deployment.Status) = (Deployment.ActiveRevision!.Value, DeploymentStatus.Running);
        else (Deployment.Status, Deployment.ReadyReplicas) = (DeploymentStatus.Failed, 0);
        if (Rollout is not null) Rollout.Failure = failure;
        End(RolloutOutcome.Failed, now);
        Event(now, "rollout.failed", failure.Message);
    }

    /// <summary>It is wanted deleted, and what was on its way goes no further.</summary>
    public void Expire(DateTimeOffset now)
    {
        DeploymentMoves.Apply(Deployment, WantedState.Deleted, now);
        End(RolloutOutcome.Superseded, now);
        Event(now, "deployment.expired", "autoDestroyHours are over: the deployment is deleted.");
    }

    public void CountRestart(Replica replica, DeploymentFailure? failure, DateTimeOffset now)
    {
        (Deployment.Crashes, Deployment.LastCrashAt) = (Deployment.Crashes + 1, now);
        if (failure is null) return;
        Deployment.LastFailure = failure;
        Event(now, DeploymentEventKinds.Crashed, failure.Message, replica.Name);
    }

    /// <summary>Those of the revision before are not the new one's, and those of before a quiet spell count no more.</summary>
    public void ForgetCrashes() => (Deployment.Crashes, Deployment.LastCrashAt) = (0, null);

    public void Event(DateTimeOffset now, string kind, string message, string? replica = null) =>
        Db.DeploymentEvents.Add(DeploymentHistory.Event(Deployment.Id, now, kind, message, replica));

    private void End(RolloutOutcome outcome, DateTimeOffset now)
    {
        EndStep(now);
        if (Rollout is { Outcome: RolloutOutcome.InProgress }) (Rollout.Outcome, Rollout.EndedAt) = (outcome, now);
    }

    private void EndStep(DateTimeOffset now)
    {
        if (Rollout?.Steps is [.., { EndedAt: null } last] steps) steps[^1] = last with { EndedAt = now };
    }
}
