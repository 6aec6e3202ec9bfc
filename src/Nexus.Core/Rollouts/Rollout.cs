using Nexus.Core.Deployments;

namespace Nexus.Core.Rollouts;

/// <summary>The movement of a deployment to a revision; one for each command that made one necessary.</summary>
public sealed class Rollout
{
    public required Guid Id { get; init; }
    public required Guid DeploymentId { get; init; }
    public required int Revision { get; init; }

    /// <summary>The newest generation of the deployment that it is for: the one that asked for it, or one that only scaled.</summary>
    public required int Generation { get; set; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public required RolloutOutcome Outcome { get; set; }
    public DeploymentFailure? Failure { get; set; }
    public List<RolloutStep> Steps { get; init; } = [];
}

/// <summary>How a rollout stands. Stored by name.</summary>
public enum RolloutOutcome
{
    InProgress,
    Succeeded,
    Failed,
    Superseded,
}

/// <summary>One line of a rollout's story. A kind that goes on in several passes stays one line.</summary>
public sealed record RolloutStep(string Kind, DateTimeOffset StartedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The newest word on it, e.g. a pull's progress.</summary>
    public string? Detail { get; init; }
}
