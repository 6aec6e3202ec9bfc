using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Core.Providers;

namespace Nexus.Server.Health;

/// <summary>Without a provider the server still signs people in and answers, so it is degraded and not unready.</summary>
internal sealed class ProviderHealth(ProviderCatalog providers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = new List<string>();
        foreach (var provider in providers.All)
        {
            var availability = await provider.CheckAsync(cancellationToken);
            if (availability.Available) return HealthCheckResult.Healthy($"{provider.Id} {availability.Version}");
            reasons.Add($"{provider.Id}: {availability.Reason}");
        }

        return HealthCheckResult.Degraded(string.Join(" ", reasons));
    }
}
