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
        await Rounds.TryAsync(_ => ledger.FlushAsync(), LogFailed, CancellationToken.None);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, _ => ledger.FlushAsync(), LogFailed, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Usage could not be written; it is kept and tried again in a moment")]
    private partial void LogFailed(Exception exception);
}
