using ModelContextProtocol;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>Tells a client that waits what the rollout is at: a number that only grows, as the protocol wants, and words.</summary>
internal sealed class RolloutProgress(IProgress<ProgressNotificationValue> client) : IProgress<DeploymentReport>
{
    private int _told;

    public void Report(DeploymentReport value) =>
        client.Report(new ProgressNotificationValue { Progress = ++_told, Message = Words(value) });

    private static string Words(DeploymentReport report)
    {
        var deployment = report.Deployment;
        var standing = $"{deployment.Status.ToString().ToUpperInvariant()}, {deployment.ReplicasReady} of {deployment.ReplicasWanted} ready";
        return report.Rollout?.Steps is [.., var step]
            ? $"{standing}: {step.Kind}{(step.Detail is null ? "" : $", {step.Detail}")}"
            : standing;
    }
}
