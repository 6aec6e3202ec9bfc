using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Usage;

/// <summary>Removes counts that are older than they are kept, once an hour.</summary>
internal sealed partial class UsagePruning(
    IDbContextFactory<NexusDbContext> database, TimeProvider time, ILogger<UsagePruning> logger) : BackgroundService
{
    /// <summary>Long enough to set a month beside the same month of the year before.</summary>
    public const int KeptDays = 400;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, PruneAsync, LogFailed, stoppingToken);

    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = UsageDay.Of(time.GetUtcNow()).AddDays(-KeptDays);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.UsageCounts.Where(count => count.Day < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old usage could not be removed; trying again in an hour")]
    private partial void LogFailed(Exception exception);
}
