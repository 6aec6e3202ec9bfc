namespace Nexus.Core.Routing;

/// <summary>Where requests for a deployment's host names go. The reconciler writes it, every ingress reads it.</summary>
public sealed class Route
{
    public required Guid DeploymentId { get; init; }

    /// <summary>The first label of its host name under the apps domain.</summary>
    public required string HostLabel { get; set; }

    /// <summary>The verified custom domains that go the same way.</summary>
    public IReadOnlyList<string> Domains { get; set; } = [];

    public required RouteState State { get; set; }

    /// <summary>The healthy replicas; empty unless serving.</summary>
    public required IReadOnlyList<RouteTarget> Targets { get; set; }

    /// <summary>When the targets last changed; replicas that left are drained from then on.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Grows over all routes with each change, so that a reader asks only for what is new.</summary>
    public required long Version { get; set; }
}

/// <summary>A replica that takes traffic, at <c>host:port</c>.</summary>
public sealed record RouteTarget(string ReplicaId, string Address);

/// <summary>What a visitor meets. Stored by name.</summary>
public enum RouteState
{
    Starting,
    Serving,
    Stopped,
    Failed,
    Removed,
}
