using Nexus.Core.Deployments;
using Nexus.Core.Providers;

namespace Nexus.Mcp.Tools;

/// <summary>A deployment's replicas as they are now.</summary>
internal sealed record DeploymentHealthResult(Guid DeploymentId, DeploymentStatus Status, IReadOnlyList<ReplicaReport> Replicas)
{
    public static DeploymentHealthResult From(HealthReport report) =>
        new(report.DeploymentId, report.Status, [.. report.Replicas.Select(ReplicaReport.From)]);
}

/// <summary>A replica: its life, the probe that it has just been given, and what it uses.</summary>
internal sealed record ReplicaReport(
    string Replica, ReplicaState State, bool TakesTraffic, int Restarts, DateTimeOffset? Since = null, ProbeReport? Probe = null,
    double? Cpus = null, long? MemoryBytes = null, long? MemoryLimitBytes = null)
{
    public static ReplicaReport From(ReplicaHealth health)
    {
        var replica = health.Replica;
        var since = replica.State == ReplicaState.Exited ? replica.EndedAt : replica.StartedAt;
        var probe = health.Probe is { } probed
            ? new ProbeReport(probed.Passed, Math.Round(probed.Latency.TotalMilliseconds, 1), probed.Reason)
            : null;
        return new(
            replica.Name, replica.State, health.TakesTraffic, health.Restarts, since, probe,
            health.Usage?.Cpus, health.Usage?.MemoryBytes, health.Usage?.MemoryLimitBytes);
    }
}

/// <summary>What the health check was answered.</summary>
internal sealed record ProbeReport(bool Passed, double LatencyMs, string? Answer = null);
