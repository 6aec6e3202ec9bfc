using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;

namespace Nexus.Mcp.Tools;

/// <summary>What a command did to a deployment, or with a dry run would do. Its status tells the rest.</summary>
internal sealed record DeploymentChange(
    DeploymentBrief Deployment, bool DryRun, IReadOnlyList<Change> Plan, IReadOnlyList<string> Notes)
{
    public static async Task<DeploymentChange> FromAsync(Task<DeploymentResult> command)
    {
        var result = await command;
        var deployment = result.Deployment;
        var brief = new DeploymentBrief(deployment.Id, deployment.Name, deployment.Status, deployment.Url, deployment.Revision);
        return new(brief, result.DryRun, result.Plan, result.Notes);
    }
}

/// <summary>What to call a deployment by, where it answers, and where it stands.</summary>
internal sealed record DeploymentBrief(Guid Id, string Name, DeploymentStatus Status, string Url, int Revision);

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentList(IReadOnlyList<DeploymentSummary> Deployments, string? NextCursor = null);

/// <summary>A deployment with its newest rollout and its newest failure.</summary>
internal sealed record DeploymentStatusResult(
    DeploymentSummary Deployment, RolloutReport? Rollout = null, FailureReport? LastFailure = null)
{
    public static DeploymentStatusResult From(DeploymentReport report) => new(
        report.Deployment,
        report.Rollout is { } rollout ? RolloutReport.From(rollout) : null,
        report.LastFailure is { } failure ? FailureReport.From(failure) : null);
}

/// <summary>A rollout and the steps that it has taken.</summary>
internal sealed record RolloutReport(
    int Revision, RolloutOutcome Outcome, DateTimeOffset StartedAt, IReadOnlyList<RolloutStep> Steps, DateTimeOffset? EndedAt = null)
{
    public static RolloutReport From(RolloutView view) =>
        new(view.Revision, view.Outcome, view.StartedAt, view.Steps, view.EndedAt);
}

/// <summary>Why a revision could not run. The tail is output of the application, and named so.</summary>
internal sealed record FailureReport(
    string Code, string Message, int Revision, DateTimeOffset At, IReadOnlyList<string> UntrustedLogTail, string? Hint = null)
{
    public static FailureReport From(DeploymentFailure failure) =>
        new(failure.Code, failure.Message, failure.Revision, failure.At, failure.LogTail, failure.Hint);
}
