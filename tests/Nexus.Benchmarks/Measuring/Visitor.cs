using System.Net.Sockets;

namespace Nexus.Benchmarks.Measuring;

/// <summary>Asks for a page every 5 ms over a new connection, as a loop around curl does.</summary>
internal static class Visitor
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, cancellation) =>
        {
            // Every name under localhost is this machine (RFC 6761 §6.3).
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public static async Task UntilAnsweredAsync(Uri address)
    {
        while (!await AnswersAsync(address)) await Task.Delay(5); // The pace of the visitor.
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        try
        {
            using var answer = await Http.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
