using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Nexus.Ingress.Forwarding;

/// <summary>The one client to all replicas.</summary>
internal sealed class ReplicaClient(IngressOptions options) : IDisposable
{
    private static readonly HttpRequestOptionsKey<TimeSpan> Patience = new("Nexus.ConnectTimeout");

    public HttpMessageInvoker Http { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = options.JoinsTraces ? new ReverseProxyPropagator(DistributedContextPropagator.Current) : null,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(
            context.DnsEndPoint,
            context.InitialRequestMessage.Options.TryGetValue(Patience, out var patience) ? patience : options.ConnectTimeout,
            cancellationToken),
        // Below what common servers keep idle connections for (gunicorn 2 s, Node and uvicorn 5 s): one that the replica is about
        // to close must not be used for a request that can't be repeated.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1.5),
    });

    /// <summary>Has a connection that must be made for this request be given up after this time.</summary>
    public static void Hurry(HttpRequestMessage request, TimeSpan patience) => request.Options.Set(Patience, patience);

    public void Dispose() => Http.Dispose();

    /// <summary>A time-out becomes a socket error, which counts as a failure to connect and may be tried elsewhere.</summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await socket.ConnectAsync(endpoint, timeout.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
