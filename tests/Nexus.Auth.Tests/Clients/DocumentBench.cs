using System.Net;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Clients;

/// <summary>A server, and a web site with the metadata documents of clients that it may visit.</summary>
internal sealed class DocumentBench : IAsyncDisposable
{
    private DocumentBench(DocumentSite site, AuthServer server) => (Site, Server) = (site, server);

    public DocumentSite Site { get; }

    public AuthServer Server { get; }

    public static async Task<DocumentBench> StartAsync()
    {
        var site = await DocumentSite.StartAsync();
        return new(site, await AuthServer.StartAsync(options => options with { DocumentFetchesPerMinute = 100 }, outbound: site.Outbound));
    }

    public Agent AgentOf(string url, AuthServer? server = null) =>
        new(server ?? Server, (server ?? Server).NewClient(), new JsonObject { ["client_id"] = url });

    /// <summary>Fails unless the person is told of the problem and goes nowhere.</summary>
    public async Task RefusedAsync(string url, string problem, AuthServer? server = null)
    {
        var agent = AgentOf(url, server);
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        page.LeftFor.Should().BeNull();
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        page.Html.Should().Contain(problem);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Site.DisposeAsync();
    }
}
