using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Core.Storage;

namespace Nexus.Server.Health;

/// <summary>The database answers and has every migration.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<NexusDbContext> database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            return await db.LacksMigrationsAsync(cancellationToken)
                ? HealthCheckResult.Unhealthy("Migrations are missing: restart this node.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
