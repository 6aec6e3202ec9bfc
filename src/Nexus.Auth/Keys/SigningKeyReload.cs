using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Auth.AccessTokens;
using Nexus.Core;

namespace Nexus.Auth.Keys;

/// <summary>Keeps this node's keys as the database has them.</summary>
internal sealed partial class SigningKeyReload(
    SigningKeyRing ring, AccessTokenCache cache, TimeProvider time, ILogger<SigningKeyReload> logger) : BackgroundService
{
    /// <summary>After a failure the keys at hand are good for a while.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(KeyTimes.Reload, time, ReloadAsync, LogFailed, stoppingToken);

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (await ring.ReloadAsync(cancellationToken)) cache.Clear(); // What a dropped key signed is judged anew.
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for new signing keys")]
    private partial void LogFailed(Exception exception);
}
