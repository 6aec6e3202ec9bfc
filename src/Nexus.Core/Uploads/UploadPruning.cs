using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Uploads;

/// <summary>Removes uploads that no deployment needs any more.</summary>
internal sealed partial class UploadPruning(
    IDbContextFactory<NexusDbContext> database, TimeProvider time, ILogger<UploadPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, PruneAsync, LogFailed, stoppingToken);

    /// <summary>Their chunks go with them.</summary>
    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.ExpiredUploads(time.GetUtcNow()).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old uploads could not be removed; trying again in a quarter of an hour")]
    private partial void LogFailed(Exception exception);
}
