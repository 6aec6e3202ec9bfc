using Nexus.Core.Commands;

namespace Nexus.Core.Deployments;

/// <summary>Stop, start and delete: which are possible, what they change.</summary>
internal static class DeploymentMoves
{
    public static void Check(Deployment deployment, WantedState wanted, CommandOptions options)
    {
        if (deployment.DeletedAt is not null && wanted != WantedState.Deleted)
            throw DeploymentErrors.NotFound(deployment.Id.ToString());
        if (options.ExpectedRevision is { } expected && expected != deployment.TargetRevision)
            throw DeploymentErrors.RevisionConflict(expected, deployment.TargetRevision);
    }

    /// <summary>Empty when the deployment is as wanted already.</summary>
    public static IReadOnlyList<Change> Differences(Deployment deployment, WantedState wanted)
    {
        var triesAgain = wanted == WantedState.Running && deployment.Status == DeploymentStatus.Failed;
        if (deployment.Wanted == wanted && !triesAgain) return [];
        return [new("state", Word(triesAgain ? "failed" : deployment.Wanted.ToString()), Word(wanted.ToString()))];
    }

    public static void Apply(Deployment deployment, WantedState wanted, DateTimeOffset now)
    {
        deployment.Wanted = wanted;
        Touch(deployment, now);
        (deployment.Crashes, deployment.LastCrashAt, deployment.FailedPasses) = (0, null, 0);
        if (wanted == WantedState.Running) deployment.Status = DeploymentStatus.Queued;
        if (wanted != WantedState.Deleted) return;
        (deployment.DeletedAt, deployment.Status, deployment.ReadyReplicas) = (now, DeploymentStatus.Deleted, 0);
    }

    /// <summary>Ends the pass that goes on, and has the next one begin now.</summary>
    public static void Touch(Deployment deployment, DateTimeOffset now)
    {
        deployment.Generation++;
        (deployment.UpdatedAt, deployment.NextPassAt) = (now, now);
    }

    private static string Word(string state) => state.ToUpperInvariant();
}
