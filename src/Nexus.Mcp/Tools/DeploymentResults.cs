using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;

namespace Nexus.Mcp.Tools;

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
