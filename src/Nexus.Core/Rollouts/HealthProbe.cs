using Nexus.Core.Deployments;

namespace Nexus.Core.Rollouts;

public sealed class HealthProbe
{
    public Task<ProbeResult> ProbeAsync(string address, HealthCheck check, CancellationToken cancellationToken) =>
        throw new InvalidOperationException(address + check + cancellationToken + this);
}

public sealed record ProbeResult(bool Passed, string? Reason, TimeSpan Latency);
