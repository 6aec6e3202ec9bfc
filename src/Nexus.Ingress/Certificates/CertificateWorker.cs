using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Networking;

namespace Nexus.Ingress.Certificates;

/// <summary>Orders certificates for verified domains, and new ones ahead of their end; one after the other.</summary>
internal sealed partial class CertificateWorker(
    CertificateStore store, CertificateOptions options, OutboundGuard guard, TimeProvider time, ILogger<CertificateWorker> logger)
    : BackgroundService
{
    /// <summary>Well within the lease.</summary>
    private static readonly TimeSpan LongestOrder = TimeSpan.FromMinutes(3);

    private const int LongestAnswer = 1 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(guard.CreateHandler()) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = LongestAnswer };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Nexus"); // RFC 8555 §6.1 asks for one.
        await Rounds.RunAsync(options.PollInterval, time, token => OrderDueAsync(http, token), failure => Log.StoreFailed(logger, failure), stoppingToken);
    }

    private async Task OrderDueAsync(HttpClient http, CancellationToken cancellationToken)
    {
        if (await store.TakeDueAsync(cancellationToken) is { } order) await OrderAsync(http, order, cancellationToken);
    }

    private async Task OrderAsync(HttpClient http, CertificateOrder order, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestOrder);
        try
        {
            var pem = await IssueAsync(http, order.Domain, limit.Token);
            using var certificate = ServerCertificate.Read(pem, order.Domain);
            await store.CompleteAsync(order, pem, certificate.NotBefore, certificate.NotAfter, cancellationToken);
            Log.Issued(logger, order.Domain, certificate.NotAfter);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && IsTheirs(failure))
        {
            Log.Failed(logger, order.Domain, failure.Message);
            await store.FailAsync(order, failure.Message, (failure as AcmeException)?.RetryAfter, cancellationToken);
        }
    }

    private async Task<string> IssueAsync(HttpClient http, string domain, CancellationToken cancellationToken)
    {
        using var key = new AcmeKey(await store.GetAccountKeyAsync(options.Directory.AbsoluteUri, AcmeKey.Make, cancellationToken));
        var session = await AcmeSession.OpenAsync(http, key, options, cancellationToken);
        return await new AcmeOrder(session, key, time).RunAsync(
            domain, (token, answer) => store.ShowChallengeAsync(token, answer, cancellationToken), cancellationToken);
    }

    /// <summary>The authority's doing, or the way there: a refusal, no answer, or one that makes no sense.</summary>
    private static bool IsTheirs(Exception failure) => failure is AcmeException or HttpRequestException or NexusException
        or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException or ArgumentException;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Domain} has a certificate until {Until}")]
        public static partial void Issued(ILogger logger, string domain, DateTime until);

        [LoggerMessage(LogLevel.Warning, "No certificate for {Domain} yet: {Reason}")]
        public static partial void Failed(ILogger logger, string domain, string reason);

        [LoggerMessage(LogLevel.Warning, "The certificates that are due could not be read or kept; trying again")]
        public static partial void StoreFailed(ILogger logger, Exception failure);
    }
}
