using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;

namespace Nexus.Auth.AccessTokens;

/// <summary>Asks the database, several times a second, which of the access tokens in use are still alive.</summary>
internal sealed partial class RevocationSweep(
    AccessTokenCache cache, TokenStatus status, TimeProvider time, ILogger<RevocationSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>While nobody asks anything of this node. Until the next look, requests that come then ask for themselves.</summary>
    private static readonly TimeSpan Resting = TimeSpan.FromSeconds(2);

    /// <summary>After a failure the entries go stale, and each request asks for itself.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var used = cache.UsedSinceLastCall();
            await Rounds.TryAsync(token => status.RefreshAsync(used, token), LogFailed, stoppingToken);
            timer.Period = used.Count > 0 ? Interval : Resting;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for revoked tokens")]
    private partial void LogFailed(Exception exception);
}
