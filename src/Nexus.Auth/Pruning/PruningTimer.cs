using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;

namespace Nexus.Auth.Pruning;

/// <summary>Has the database pruned now and then.</summary>
internal sealed partial class PruningTimer(Pruner pruner, TimeProvider time, ILogger<PruningTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, pruner.RunAsync, LogFailed, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not remove what is dead")]
    private partial void LogFailed(Exception exception);
}
