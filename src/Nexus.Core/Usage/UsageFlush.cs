using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Core.Usage;

/// <summary>Writes what was counted every few seconds, and at the end. A process that is killed loses no more than that.</summary>
internal sealed partial class UsageFlush(UsageLedger ledger, TimeProvider time, ILogger<UsageFlush> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryFlushAsync();
    }

    private async Task TryFlushAsync()
    {
        try
        {
            await ledger.FlushAsync();
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Usage could not be written; it is kept and tried again in a moment")]
    private partial void LogFailed(Exception exception);
}
