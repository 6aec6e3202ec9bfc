using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nexus.Server.Tests.Resilience;

/// <summary>Listens like a registry, takes every connection, and answers nothing or a byte at a time without an end.</summary>
internal sealed class BadRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _visits = [];
    private readonly Task _taking;

    private BadRegistry(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _taking = TakeAsync(answer);
    }

    public string Host => $"{_listener.LocalEndpoint}";

    public static BadRegistry StartSilent() => new((_, _) => Task.CompletedTask);

    public static BadRegistry StartTrickling() => new(TrickleAsync);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _taking;
        await Task.WhenAll(_visits);
        _ending.Dispose();
    }

    private async Task TakeAsync(Func<NetworkStream, CancellationToken, Task> answer)
    {
        try
        {
            while (true) _visits.Add(VisitAsync(await _listener.AcceptTcpClientAsync(_ending.Token), answer));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    /// <summary>Answers, and keeps the connection until the test is over.</summary>
    private async Task VisitAsync(TcpClient visitor, Func<NetworkStream, CancellationToken, Task> answer)
    {
        using (visitor)
        {
            try
            {
                await answer(visitor.GetStream(), _ending.Token);
                await Task.Delay(Timeout.Infinite, _ending.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The visitor has gone, or the test is over.
            }
        }
    }

    private static async Task TrickleAsync(NetworkStream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nX-Slow: "), cancellation);
        while (true)
        {
            await stream.WriteAsync("."u8.ToArray(), cancellation);
            await Task.Delay(200, cancellation); // The pace of the trickle; nothing is waited for.
        }
    }
}
