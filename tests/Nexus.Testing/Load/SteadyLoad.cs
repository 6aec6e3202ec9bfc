using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Nexus.Testing;

/// <summary>
/// Visitors who don't wait for each other: so many requests a second whatever becomes of those before, half of them over
/// connections that are kept, half over new ones; and streams and WebSockets beside them.
/// </summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<LoadResult> _results = [];
    private readonly ConcurrentBag<Task> _going = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = DialAsync }) { Timeout = Patience };
    private readonly Uri _address;
    private readonly Task _pacing;

    private SteadyLoad(Uri address, int perSecond)
    {
        _address = address;
        _pacing = Task.Run(() => PaceAsync(perSecond));
    }

    public static SteadyLoad Start(Uri address, int perSecond) => new(address, perSecond);

    /// <summary>Begins a stream of so many seconds; it must come to its end.</summary>
    public void Stream(int seconds) => Begin("stream", async () =>
    {
        using var response = await _http.GetAsync(new Uri(_address, $"stream?{seconds}"), HttpCompletionOption.ResponseHeadersRead);
        var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (!text.EndsWith("end\n", StringComparison.Ordinal)) throw new HttpRequestException("The stream was cut off.");
    });

    /// <summary>Opens a WebSocket that says something ten times a second for so long, and wants each back.</summary>
    public void Converse(int seconds) => Begin("websocket", async () =>
    {
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ConnectCallback = DialAsync });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + Patience);
        await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "ws", Path = "/socket" }.Uri, invoker, limit.Token);
        foreach (var number in Enumerable.Range(0, seconds * 10))
        {
            await EchoAsync(socket, number.ToString(CultureInfo.InvariantCulture), limit.Token);
            await Task.Delay(100, limit.Token); // The pace of the conversation; nothing is waited for.
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
    });

    /// <summary>Begins nothing more, and waits for what is on its way.</summary>
    public async Task<IReadOnlyList<LoadResult>> StopAsync()
    {
        await _ending.CancelAsync();
        await _pacing;
        await Task.WhenAll(_going);
        return [.. _results];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ending.Dispose();
        _http.Dispose();
    }

    private async Task PaceAsync(int perSecond)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var sent = 0L; !_ending.IsCancellationRequested;)
        {
            for (var due = TimeProvider.System.GetElapsedTime(started).TotalSeconds * perSecond; sent < due; sent++) Begin(fresh: sent % 2 == 0);
            await Task.Delay(5, CancellationToken.None); // The pace of the visitors; nothing is waited for.
        }
    }

    private void Begin(bool fresh) => Begin(fresh ? "fresh" : "keep-alive", async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.ConnectionClose = fresh;
        using var response = await _http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    });

    private void Begin(string kind, Func<Task> visit) => _going.Add(Task.Run(async () =>
    {
        var started = TimeProvider.System.GetUtcNow();
        string? failure = null;
        try
        {
            await visit();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or WebSocketException or OperationCanceledException)
        {
            failure = exception.Message;
        }

        _results.Add(new(kind, started, TimeProvider.System.GetUtcNow(), failure));
    }));

    private static async Task EchoAsync(ClientWebSocket socket, string text, CancellationToken cancellation)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var buffer = new byte[128];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
        var answer = Encoding.ASCII.GetString(buffer, 0, received.Count);
        if (answer != text) throw new WebSocketException($"It said {answer}, not {text}.");
    }

    /// <summary>Every name under localhost is this machine (RFC 6761 §6.3).</summary>
    private static async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync("localhost", context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
