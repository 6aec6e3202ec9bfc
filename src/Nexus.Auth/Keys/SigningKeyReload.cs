using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Auth.AccessTokens;

namespace Nexus.Auth.Keys;

/// <summary>Keeps this node's keys as the database has them.</summary>
internal sealed partial class SigningKeyReload(
    SigningKeyRing ring, AccessTokenCache cache, TimeProvider time, ILogger<SigningKeyReload> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeyTimes.Reload, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await ReloadAsync(stoppingToken);
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await ring.ReloadAsync(cancellationToken)) cache.Clear(); // What a dropped key signed is judged anew.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The keys at hand are good for a while; the next look comes soon.
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for new signing keys")]
    private partial void LogFailed(Exception exception);
}
