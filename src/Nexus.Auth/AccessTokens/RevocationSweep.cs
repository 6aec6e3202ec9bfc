using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;

namespace Nexus.Auth.AccessTokens;

/// <summary>Asks the database, several times a second, which of the access tokens in use are still alive.</summary>
internal sealed partial class RevocationSweep(
    AccessTokenCache cache, TokenStatus status, TimeProvider time, ILogger<RevocationSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>After a failure the entries go stale, and each request asks for itself.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(
        Interval, time, token => status.RefreshAsync(cache.UsedSinceLastCall(), token), LogFailed, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for revoked tokens")]
    private partial void LogFailed(Exception exception);
}
