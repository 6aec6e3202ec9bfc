using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// The one way out that a git process has: a CONNECT proxy (RFC 9110 §9.3.6) on loopback, with a password of its own, that judges every
/// host — of redirects too — after its name is resolved, and counts what comes in.
/// </summary>
internal sealed class GitTunnel : IAsyncDisposable
{
    private const int LongestRequest = 8192;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly CheckedConnection _connect;
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly Task _accepting;
    private long _bytesLeft;

    public GitTunnel(CheckedConnection connect, long mostBytes)
    {
        (_connect, _bytesLeft) = (connect, mostBytes);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Why a connection was refused, where one was.</summary>
    public NexusException? Refusal { get; private set; }

    /// <summary>What git is told as its proxy.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://git:{_password}@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await TunnelAsync(client.GetStream());
            }
            catch (NexusException refused)
            {
                Refusal ??= refused;
            }
            catch (Exception lost) when (lost is IOException or SocketException or OperationCanceledException)
            {
                // Either side has hung up; git says what that means to it.
            }
        }
    }

    private async Task TunnelAsync(NetworkStream client)
    {
        if (await ReadTargetAsync(client) is not { } target)
        {
            await client.WriteAsync("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"u8.ToArray(), _end.Token);
            return;
        }

        await using var server = await _connect(target, _end.Token);
        await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        await await Task.WhenAny(CopyAsync(client, server, isIncoming: false, over.Token), CopyAsync(server, client, isIncoming: true, over.Token));
        await over.CancelAsync();
    }

    private async Task<DnsEndPoint?> ReadTargetAsync(NetworkStream client)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (request.Length < LongestRequest && !request.ToString(Math.Max(0, request.Length - 4), Math.Min(4, request.Length)).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await client.ReadAsync(one, _end.Token) == 0) return null;
            request.Append((char)one[0]);
        }

        var lines = request.ToString().Split("\r\n");
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"git:{_password}"));
        var isOurs = lines.Contains($"Proxy-Authorization: Basic {credentials}", StringComparer.OrdinalIgnoreCase);
        return isOurs && lines[0].Split(' ') is ["CONNECT", var authority, _] ? Target(authority) : null;
    }

    private static DnsEndPoint? Target(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new(authority[..colon].Trim('[', ']'), port)
            : null;
    }

    private async Task CopyAsync(Stream from, Stream to, bool isIncoming, CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (isIncoming && Interlocked.Add(ref _bytesLeft, -read) < 0) throw GitErrors.TooLarge("The repository is larger than this server takes.");
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
