namespace Nexus.Core.Deployments;

/// <summary>The kinds of event that are counted or looked for.</summary>
internal static class DeploymentEventKinds
{
    public const string Crashed = "replica.crashed";
}

/// <summary>Something that happened to a deployment. Append-only.</summary>
public sealed class DeploymentEvent
{
    public required Guid Id { get; init; }
    public required Guid DeploymentId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>A short dotted word, e.g. <c>rollout.succeeded</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The replica that it happened to, as <c>rREVISION-ORDINAL</c>; null for the deployment as a whole.</summary>
    public string? Replica { get; init; }

    public required string Message { get; init; }
}
