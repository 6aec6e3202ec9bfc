using System.Net;
using System.Net.Sockets;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>What every test here plays on: one server process, one Docker Engine, one browser, one owner.</summary>
public sealed class Stage : IStartable<Stage>
{
    private readonly DockerEngine _engine;
    private readonly Browser _browser;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectCallback = ConnectToLoopbackAsync });

    private Stage(DockerEngine engine, NexusServerProcess server, Browser browser)
    {
        (_engine, Server, _browser) = (engine, server, browser);
    }

    public NexusServerProcess Server { get; }

    public Uri McpEndpoint => new(Server.BaseUrl, "/mcp");

    /// <summary>The owner at a browser; nobody has signed in there yet.</summary>
    internal Person Owner => new(_browser, OwnerAccount.Email, OwnerAccount.Password);

    public static async Task<Stage> StartAsync(CancellationToken cancellation)
    {
        var browser = Browser.StartAsync(cancellation);
        var engine = await DockerEngine.StartAsync(cancellation);
        var server = await NexusServerProcess.StartAsync(new() { Docker = engine, Variables = OwnerAccount.Variables }, cancellation);
        return new(engine, server, await browser);
    }

    /// <summary>Asks a deployed application for its first page.</summary>
    internal async Task<AppAnswer> VisitAsync(string url)
    {
        using var response = await _http.GetAsync(new Uri(url), TestContext.Current.CancellationToken);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        await _browser.DisposeAsync();
        await _engine.DisposeAsync();
    }

    // Every name under localhost is this machine (RFC 6761 §6.3); browsers and curl know that, not every resolver does.
    private static async ValueTask<Stream> ConnectToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>What an application answered.</summary>
internal sealed record AppAnswer(HttpStatusCode Status, string Body);
