namespace Nexus.Core.Deployments;

/// <summary>Something that happened to a deployment. Append-only.</summary>
public sealed class DeploymentEvent
{
    public required Guid Id { get; init; }
    public required Guid DeploymentId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>A short dotted word, e.g. <c>rollout.succeeded</c>.</summary>
    public required string Kind { get; init; }

    public required string Message { get; init; }
}
