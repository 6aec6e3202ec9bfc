namespace Nexus.Core.Rollouts;

/// <summary>Settings under <c>Nexus:Rollouts</c>.</summary>
public sealed record RolloutOptions
{
    /// <summary>How long a started replica may take to pass its health check before the rollout is given up.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
