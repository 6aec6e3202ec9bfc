using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nexus.Auth.AccessTokens;

/// <summary>Asks the database, several times a second, which of the access tokens in use are still alive.</summary>
internal sealed partial class RevocationSweep(
    AccessTokenCache cache, TokenStatus status, TimeProvider time, ILogger<RevocationSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await status.RefreshAsync(cache.UsedSinceLastCall(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The entries go stale, and each request asks for itself.
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for revoked tokens")]
    private partial void LogFailed(Exception exception);
}
