using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains;

/// <summary>Forgets claims that weren't verified in time, once an hour. They count no more from the moment that they end.</summary>
internal sealed partial class DomainClaimPruning(
    IDbContextFactory<NexusDbContext> database, TimeProvider time, ILogger<DomainClaimPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, PruneAsync, LogFailed, stoppingToken);

    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.CustomDomains
            .Where(domain => domain.VerifiedAt == null && domain.ClaimedUntil <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Claims of domains that have ended could not be forgotten; trying again in an hour")]
    private partial void LogFailed(Exception exception);
}
