using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.NativeHttp;

namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Makes clients for the engine's address. Unix sockets are dialled by .NET's own HTTP handler: it keeps connections alive, takes
/// paths of any length and, told so, ignores <c>HTTP_PROXY</c>. The library's unix transport does none of the three.
/// </summary>
internal static class DockerEndpoint
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    public static bool IsUnixSocket(string host) => host.StartsWith("unix://", StringComparison.Ordinal);

    /// <summary>A client that speaks <paramref name="apiVersion"/>, or the engine's newest where it is null.</summary>
    /// <exception cref="UriFormatException">The address isn't one.</exception>
    /// <exception cref="NotSupportedException">It has a scheme other than unix, tcp, http and https.</exception>
    public static DockerClient Connect(string host, Version? apiVersion) =>
        new DockerClientBuilder()
            .WithEndpoint(IsUnixSocket(host) ? new Uri("http://docker") : Remote(host))
            .WithApiVersion(apiVersion)
            .WithTimeout(CallTimeout)
            .WithTransportOptions(new NativeHttpTransportOptions { ConfigureHandler = handler => Configure(handler, host) })
            .Build();

    private static Uri Remote(string host)
    {
        var uri = new Uri(host);
        return uri.Scheme is "tcp" or "http" or "https"
            ? uri
            : throw new NotSupportedException($"The scheme {uri.Scheme}:// is not supported.");
    }

    private static void Configure(SocketsHttpHandler handler, string host)
    {
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        // Stops, pulls and logs hold a connection for long; none may make another wait.
        handler.MaxConnectionsPerServer = int.MaxValue;
        if (IsUnixSocket(host))
            handler.ConnectCallback = (_, cancellationToken) => DialAsync(new Uri(host).LocalPath, cancellationToken);
    }

    private static async ValueTask<Stream> DialAsync(string path, CancellationToken cancellationToken)
    {
        // Where there is no engine it is asked for again and again, and .NET would look up the source lines of each failure to connect.
        if (!File.Exists(path)) throw new SocketException((int)SocketError.AddressNotAvailable);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
