using System.Net;

namespace Nexus.Testing;

/// <summary>Two resolvers of a small internet, each with records of its own, so that one may not have heard the news.</summary>
public sealed class DnsServer : IStartable<DnsServer>
{
    private readonly NameServer[] _servers;

    private DnsServer(NameServer[] servers) => _servers = servers;

    /// <summary>Where they answer.</summary>
    public IReadOnlyList<IPEndPoint> Resolvers => [.. _servers.Select(server => server.Address)];

    public static async Task<DnsServer> StartAsync(CancellationToken cancellation) =>
        new(await Task.WhenAll(NameServer.StartAsync(cancellation), NameServer.StartAsync(cancellation)));

    /// <summary>Adds a record at both, e.g. <c>shop.example.com CNAME web.apps.test</c>.</summary>
    public Task AddAsync(string name, string type, string value) => Task.WhenAll(_servers.Select(server => server.AddAsync(name, type, value)));

    /// <summary>Adds a record at the first alone.</summary>
    public Task AddToFirstAsync(string name, string type, string value) => _servers[0].AddAsync(name, type, value);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
