using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>Forgets request ids that are no longer kept, once an hour.</summary>
internal sealed partial class CommandRecordPruning(
    IDbContextFactory<NexusDbContext> database, TimeProvider time, ILogger<CommandRecordPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, PruneAsync, LogFailed, stoppingToken);

    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - CommandRecords.Kept;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.CommandRecords.Where(record => record.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old request ids could not be forgotten; trying again in an hour")]
    private partial void LogFailed(Exception exception);
}
