using Nexus.Core.Providers;

namespace Nexus.Core.Plans;

/// <summary>What each organisation may use. Null, or an empty list, is no limit.</summary>
public sealed record PlanOptions
{
    /// <summary>Deployments that are meant to run at the same time.</summary>
    public int? Deployments { get; init; }

    /// <summary>Replicas of one deployment.</summary>
    public int? Replicas { get; init; }

    /// <summary>Memory of one replica; by default <see cref="ReplicaLimits.Default"/>'s.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processors of one replica, parts of one too; by default <see cref="ReplicaLimits.Default"/>'s.</summary>
    public double? Cpus { get; init; }

    /// <summary>Calls of tools of MCP on one day (UTC), by whichever person and client.</summary>
    public int? McpCallsPerDay { get; init; }

    /// <summary>After it a deployment is deleted, as with <c>autoDestroyHours</c>.</summary>
    public TimeSpan? LongestRun { get; init; }

    /// <summary>The ids of the providers that may be deployed to.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>How long audit records are kept.</summary>
    public TimeSpan? AuditKept { get; init; }

    /// <summary>What one replica is held to.</summary>
    internal ReplicaLimits ReplicaLimits =>
        ReplicaLimits.Default with { MemoryBytes = MemoryBytes ?? ReplicaLimits.Default.MemoryBytes, Cpus = Cpus ?? ReplicaLimits.Default.Cpus };

    /// <summary>
    /// What a database beside a deployment is held to: the same, but never less memory than by default, below which the databases'
    /// images don't start.
    /// </summary>
    internal ReplicaLimits DatabaseLimits =>
        ReplicaLimits with { MemoryBytes = Math.Max(ReplicaLimits.MemoryBytes, ReplicaLimits.Default.MemoryBytes) };
}
