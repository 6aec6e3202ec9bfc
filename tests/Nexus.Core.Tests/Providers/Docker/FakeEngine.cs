using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Nexus.Testing;

namespace Nexus.Core.Tests.Providers.Docker;

/// <summary>Speaks as much of the engine's protocol as it takes to agree on a version, for engines that can't be had here.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    private FakeEngine(int port, string version)
    {
        Host = $"tcp://127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync(version);
    }

    public string Host { get; }

    public ConcurrentQueue<string> Paths { get; } = [];

    public static FakeEngine Start(string version, string newestApi, string oldestApi) => new(
        LoopbackPort.Next(), $$"""{"Version":"{{version}}","ApiVersion":"{{newestApi}}","MinAPIVersion":"{{oldestApi}}"}""");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(string version)
    {
        while (await NextAsync() is { } context)
        {
            Paths.Enqueue(context.Request.RawUrl!);
            var body = context.Request.RawUrl switch
            {
                "/version" => version,
                { } path when path.EndsWith("/info", StringComparison.Ordinal) => """{"NCPU":2,"OperatingSystem":"Linux"}""",
                _ => "[]",
            };
            context.Response.ContentType = "application/json";
            await AnswerAsync(context.Response, Encoding.UTF8.GetBytes(body));
        }
    }

    /// <summary>A client that has gone, or a test that is over, needs no answer.</summary>
    private static async Task AnswerAsync(HttpListenerResponse response, byte[] body)
    {
        try
        {
            response.ContentLength64 = body.Length;
            await response.OutputStream.WriteAsync(body);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or InvalidOperationException)
        {
            response.Abort();
        }
    }

    /// <summary>Null once it is stopped.</summary>
    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception stopped) when (stopped is HttpListenerException or InvalidOperationException)
        {
            return null;
        }
    }
}
