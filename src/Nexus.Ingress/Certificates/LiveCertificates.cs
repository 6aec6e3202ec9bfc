using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Domains.Certificates;
using Nexus.Ingress.Routes;

namespace Nexus.Ingress.Certificates;

/// <summary>The certificates that handshakes use now, brought from the database wherever they were ordered.</summary>
internal sealed partial class LiveCertificates(
    CertificateStore store, LiveRoutes routes, CertificateOptions options, TimeProvider time, ILogger<LiveCertificates> logger) : BackgroundService
{
    /// <summary>Nodes' clocks differ, and a write takes its time: what is a little older may be new as well.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset IssuedAt, SslStreamCertificateContext Context)> _all = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _newest = DateTimeOffset.UnixEpoch;

    /// <summary>Null for a name that has none, or that isn't routed any more.</summary>
    public SslStreamCertificateContext? Find(string? serverName) =>
        serverName is not null && _all.TryGetValue(serverName, out var found) && routes.Knows(AppHost.Domain(serverName)) ? found.Context : null;

    /// <summary>Reads them before the server listens, so that a restarted one has them from its first handshake.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Rounds.TryAsync(ReadAsync, LogFailed, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(options.PollInterval, time, ReadAsync, LogFailed, stoppingToken);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var certificate in await store.ReadIssuedAsync(_newest - Overlap, cancellationToken)) Take(certificate);
    }

    private void LogFailed(Exception failure) => Log.ReadFailed(logger, failure);

    private void Take(StoredCertificate certificate)
    {
        if (certificate.IssuedAt > _newest) _newest = certificate.IssuedAt;
        if (_all.TryGetValue(certificate.Domain, out var known) && known.IssuedAt == certificate.IssuedAt) return;
        try
        {
            _all[certificate.Domain] = (certificate.IssuedAt, ServerCertificate.Prepare(certificate.Pem, certificate.Domain));
        }
        catch (CryptographicException failure)
        {
            Log.Unusable(logger, certificate.Domain, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The certificates could not be read; handshakes use the last ones known")]
        public static partial void ReadFailed(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Warning, "The certificate of {Domain} can't be used")]
        public static partial void Unusable(ILogger logger, string domain, Exception failure);
    }
}
