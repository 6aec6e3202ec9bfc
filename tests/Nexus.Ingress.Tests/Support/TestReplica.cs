using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Nexus.Core.Routing;

namespace Nexus.Ingress.Tests.Support;

/// <summary>An application behind the ingress: a real server on a port of its own.</summary>
internal sealed class TestReplica : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private TestReplica(RequestDelegate answer, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return answer(context);
        });
    }

    /// <summary>How many requests have reached it.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public RouteTarget Target => new(Id, new Uri(_app.Urls.First()).Authority);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>One that answers with this text.</summary>
    public static Task<TestReplica> StartAsync(string text) => StartAsync(context => context.Response.WriteAsync(text));

    public static async Task<TestReplica> StartAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var replica = new TestReplica(answer, protocols);
        await replica._app.StartAsync();
        return replica;
    }

    /// <summary>Ends at once, as a killed container does: nothing listens there any more.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
