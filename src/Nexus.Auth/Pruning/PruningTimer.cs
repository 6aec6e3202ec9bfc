using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Auth.Pruning;

/// <summary>Has the database pruned now and then.</summary>
internal sealed partial class PruningTimer(Pruner pruner, TimeProvider time, ILogger<PruningTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await PruneAsync(stoppingToken);
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pruner.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing waits for it, and the next time does the same work.
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not remove what is dead")]
    private partial void LogFailed(Exception exception);
}
