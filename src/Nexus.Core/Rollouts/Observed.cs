using Nexus.Core.Providers;

namespace Nexus.Core.Rollouts;

/// <summary>What is, as the provider, the ingress and the database say at one moment.</summary>
public sealed record Observed
{
    public required IReadOnlyList<ObservedReplica> Replicas { get; init; }

    /// <summary>Whether the wanted revision's image has been resolved.</summary>
    public required bool ImageReady { get; init; }

    /// <summary>The replicas that the route names.</summary>
    public required IReadOnlySet<string> Routed { get; init; }

    /// <summary>When the route last changed.</summary>
    public DateTimeOffset RoutedSince { get; init; }

    /// <summary>Whether the ingress follows the newest route.</summary>
    public bool RouteApplied { get; init; } = true;

    /// <summary>How often replicas ended or went unhealthy since the last command or quiet spell.</summary>
    public int Crashes { get; init; }

    public DateTimeOffset? LastCrashAt { get; init; }

    /// <summary>The databases beside it that exist; empty where none is wanted.</summary>
    public IReadOnlyList<RunningDatabase> Databases { get; init; } = [];
}

/// <summary>A replica with what the health check and the ingress say of it.</summary>
public sealed record ObservedReplica(string Id, int Revision, int Ordinal, ReplicaState State, Health Health)
{
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Requests on their way through the ingress.</summary>
    public int InFlight { get; init; }
}

/// <summary>What the health check says. Starting: it has not passed yet. Unhealthy: it passed once and no longer does.</summary>
public enum Health
{
    Starting,
    Healthy,
    Unhealthy,
}
