using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Plans;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>Removes audit records that are older than the plan keeps them, once an hour.</summary>
internal sealed partial class AuditRetention(
    IDbContextFactory<NexusDbContext> database, AuditPruning pruning, PlanOptions plan, TimeProvider time, ILogger<AuditRetention> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (plan.AuditKept is not { } kept) return;
        await Rounds.TryAsync(token => PruneAsync(kept, token), LogFailed, stoppingToken);
        await Rounds.RunAsync(Interval, time, token => PruneAsync(kept, token), LogFailed, stoppingToken);
    }

    private async Task PruneAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        foreach (var owner in await db.AuditChains.Select(chain => chain.OrganizationId).ToListAsync(cancellationToken))
            await pruning.PruneAsync(owner, time.GetUtcNow() - kept, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old audit records could not be removed; trying again in an hour")]
    private partial void LogFailed(Exception exception);
}
