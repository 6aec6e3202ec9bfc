using System.Collections.Concurrent;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Judges replicas by their probes. One failed probe does not make a healthy replica unhealthy: three in a row do.
/// What it remembers is only that count; after a restart of the server, a routed replica is taken for one that had passed.
/// </summary>
internal sealed class HealthMonitor(HealthProbe probe, TimeProvider time)
{
    private const int FailuresToUnhealthy = 3;

    /// <summary>A replica without a health check must have run this long, so that one that ends at once isn't taken for healthy.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Record> _records = new();

    public async Task<Health> JudgeAsync(
        Replica replica, HealthCheck check, bool routed, CancellationToken cancellationToken)
    {
        var before = Find(replica) ?? new Record(replica.StartedAt, Passed: routed, Failures: 0, Reason: null);
        var reason = await ProbeAsync(replica, check, cancellationToken);
        var after = reason is null
            ? before with { Passed = true, Failures = 0, Reason = null }
            : before with { Failures = before.Failures + 1, Reason = reason };
        _records[replica.Id] = after;
        return (after.Passed, after.Failures) switch
        {
            (false, _) => Health.Starting,
            (true, < FailuresToUnhealthy) => Health.Healthy,
            _ => Health.Unhealthy,
        };
    }

    /// <summary>Why the newest probe failed; null when it passed or there was none.</summary>
    public string? ReasonOf(Replica replica) => Find(replica)?.Reason;

    /// <summary>Whether a probe has passed since the replica was started.</summary>
    public bool HasPassed(Replica replica) => Find(replica) is { Passed: true };

    /// <summary>Forgets a replica that is gone.</summary>
    public void Forget(string replicaId) => _records.TryRemove(replicaId, out _);

    /// <summary>Null when it passed.</summary>
    private async Task<string?> ProbeAsync(Replica replica, HealthCheck check, CancellationToken cancellationToken)
    {
        if (check.Type == HealthCheckType.None)
            return time.GetUtcNow() - replica.StartedAt >= SettlingTime ? null : "it has only just started";
        if (replica.Address is not { } address) return "it has no address";
        var result = await probe.ProbeAsync(address, check, cancellationToken);
        return result.Passed ? null : result.Reason;
    }

    /// <summary>A replica that was started again has to pass again.</summary>
    private Record? Find(Replica replica) =>
        _records.GetValueOrDefault(replica.Id) is { } record && record.StartedAt == replica.StartedAt ? record : null;

    private sealed record Record(DateTimeOffset? StartedAt, bool Passed, int Failures, string? Reason);
}
