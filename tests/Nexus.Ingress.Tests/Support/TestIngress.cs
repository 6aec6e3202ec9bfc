using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Routing;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Ingress.Tests.Support;

/// <summary>A server with the ingress in front, whose own pages say "server".</summary>
internal sealed class TestIngress : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsDatabase;
    private readonly Dictionary<string, Guid> _deployments = [];

    private TestIngress(TestDatabase database, bool ownsDatabase, HttpProtocols protocols, IngressOptions? options)
    {
        (Database, _ownsDatabase) = (database, ownsDatabase);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddNexusStorage(database.Options);
        builder.Services.AddSingleton(new ServerAddresses(
            "http://nexus.apps.test:8080", "http://mcp.apps.test:8080", "http://nexus.apps.test:8080", "apps.test"));
        builder.Services.AddNexusIngress(options);
        _app = builder.Build();
        _app.UseNexusIngress();
        _app.Run(context => context.Response.WriteAsync("server"));
    }

    public TestDatabase Database { get; }

    public IServiceProvider Services => _app.Services;

    public IIngressView View => _app.Services.GetRequiredService<IIngressView>();

    public Uri Url => new(_app.Urls.First());

    /// <summary>Follows no redirects, keeps no cookies, decompresses nothing.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromMinutes(1),
    };

    public static async Task<TestIngress> StartAsync(
        TestDatabase? database = null, HttpProtocols protocols = HttpProtocols.Http1, IngressOptions? options = null)
    {
        var ingress = new TestIngress(database ?? await TestDatabase.CreateAsync(), database is null, protocols, options);
        await ingress._app.StartAsync();
        return ingress;
    }

    /// <summary>Sends the label's traffic to these replicas, from when it returns.</summary>
    public Task ServeAsync(string label, params IReadOnlyList<TestReplica> replicas) =>
        RouteAsync(label, RouteState.Serving, [.. replicas.Select(replica => replica.Target)]);

    public async Task RouteAsync(string label, RouteState state, params IReadOnlyList<RouteTarget> targets)
    {
        if (!_deployments.TryGetValue(label, out var deployment))
            _deployments[label] = deployment = await Database.AddDeploymentAsync(label);
        var version = await Database.SetRouteAsync(deployment, label, state, targets);
        View.Poke();
        await Poll.UntilAsync(() => View.AppliedVersion >= version, "the ingress to follow the route");
    }

    /// <summary>Gives the label's deployment these custom domains, from when it returns.</summary>
    public async Task GiveDomainsAsync(string label, params IReadOnlyList<string> domains)
    {
        var version = await Database.SetDomainsAsync(_deployments[label], domains);
        View.Poke();
        await Poll.UntilAsync(() => View.AppliedVersion >= version, "the ingress to follow the domains");
    }

    /// <summary>Deletes the deployment behind the label.</summary>
    public async Task RemoveAsync(string label)
    {
        await RouteAsync(label, RouteState.Removed);
        await Database.FreeNameAsync(_deployments[label]);
        _deployments.Remove(label);
    }

    public Guid DeploymentOf(string label) => _deployments[label];

    /// <summary>A request to the application, e.g. <c>web</c>, or to any host that has a dot.</summary>
    public HttpRequestMessage RequestTo(string host, string path = "/", HttpMethod? method = null) => new(method ?? HttpMethod.Get, new Uri(Url, path))
    {
        Headers = { Host = host.Contains('.') ? host : $"{host}.apps.test:8080" },
    };

    public async Task<string> GetAsync(string host, string path = "/")
    {
        using var response = await Http.SendAsync(RequestTo(host, path));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends what no proper client would, and returns the whole answer.</summary>
    public async Task<string> SendRawAsync(string target, string host, params IReadOnlyList<string> headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Url.Host, Url.Port);
        var lines = headers.Prepend($"Host: {host}").Prepend($"GET {target} HTTP/1.1").Append("Connection: close").Append("\r\n");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        if (_ownsDatabase) await Database.DisposeAsync();
    }
}
