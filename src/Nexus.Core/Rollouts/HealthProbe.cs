using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Nexus.Core.Deployments;

namespace Nexus.Core.Rollouts;

/// <summary>Asks one replica whether it can serve.</summary>
public sealed class HealthProbe(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How long an accepted connection must stay open where a proxy may have accepted it for nobody.</summary>
    private static readonly TimeSpan ProxyVerdict = TimeSpan.FromMilliseconds(150);

    private static readonly string NoAnswer = string.Create(CultureInfo.InvariantCulture, $"no answer in {Limit.TotalSeconds:0} s");

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        // 3xx is an answer; where it leads is not ours to judge.
        AllowAutoRedirect = false,
        // Each probe shows that a new connection gets through.
        PooledConnectionLifetime = TimeSpan.Zero,
        // The status is enough: a long body is not waited for.
        ResponseDrainTimeout = TimeSpan.Zero,
    });

    /// <summary>Probes <paramref name="address"/> (<c>host:port</c>) once. A failure is a result with a reason fit for anybody.</summary>
    public async Task<ProbeResult> ProbeAsync(string address, HealthCheck check, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var reason = await LimitedAsync(address, check, cancellationToken);
        return new ProbeResult(reason is null, reason, time.GetElapsedTime(started));
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> LimitedAsync(string address, HealthCheck check, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return check.Type switch
            {
                HealthCheckType.Http => await AskAsync(address, check.Path ?? "/", either.Token),
                HealthCheckType.Tcp => await ConnectAsync(address, either.Token),
                HealthCheckType.None => null,
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer;
        }
        catch (SocketException failure)
        {
            return Words(failure);
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException is SocketException socket ? Words(socket) : "the answer is no HTTP";
        }
    }

    /// <summary>The reason why it failed; null when it passed.</summary>
    private async Task<string?> AskAsync(string address, string path, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"http://{address}{path}", UriKind.Absolute, out var url)) return "the path is no path of a URL";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        // Frameworks that check the Host header let this one pass; a container's address they would refuse.
        request.Headers.Host = "localhost";
        request.Headers.UserAgent.ParseAdd("Nexus-HealthCheck/1");
        using var response = await _http.SendAsync(request, cancellationToken);
        return (int)response.StatusCode is >= 200 and < 400
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode}");
    }

    private static async Task<string?> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var endpoint = IPEndPoint.Parse(address);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, cancellationToken);
        return IPAddress.IsLoopback(endpoint.Address) ? await LastsAsync(socket, cancellationToken) : null;
    }

    /// <summary>
    /// Docker's proxy for published ports accepts before it knows whether anything listens in the container, and closes when
    /// nothing does.
    /// </summary>
    private static async Task<string?> LastsAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var verdict = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        verdict.CancelAfter(ProxyVerdict);
        try
        {
            return await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, verdict.Token) > 0 ? null : "connection closed at once";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Words(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection closed at once",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "not reachable",
        SocketError.TimedOut => NoAnswer,
        _ => "connection failed",
    };
}

/// <summary>How a probe went; <see cref="Reason"/> says why it failed.</summary>
public sealed record ProbeResult(bool Passed, string? Reason, TimeSpan Latency);
