using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Clients;

public sealed class MetadataDocumentTests : IAsyncLifetime
{
    private DocumentBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await DocumentBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_client_that_published_its_metadata_connects_without_registering()
    {
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json"));
        var tokens = await agent.ConnectAsync();
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();
        var verdict = await _bench.Server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Grant!.ClientId.Should().Be(agent.ClientId);
        _bench.Site.VisitsOf("/client.json").Should().Be(1, "it is cached as its headers say");
    }

    [Fact]
    public async Task Consent_shows_the_documents_host_and_address_and_is_remembered()
    {
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json", document => document["client_uri"] = "https://somebody-else.example"));
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Path.Should().Be("/consent");
        page.Html.Should().Contain("(localhost)").And.Contain(agent.ClientId).And.NotContain("somebody-else.example");
        page.Html.Should().NotContain("unverified", "the document vouches for its web address");
        await agent.AuthorizeAsync();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).LeftFor.Should().NotBeNull();
    }

    [Fact]
    public async Task It_proves_itself_with_a_key_of_its_document_and_a_changed_document_counts()
    {
        var (first, second) = (new ClientKey("first"), new ClientKey("second"));
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json", document => WithKey(document, first)));
        (await ExchangeAsync(agent, first)).AccessToken.Should().NotBeEmpty();

        _bench.Site.ServeClient("/client.json", document => WithKey(document, second));
        (await ExchangeAsync(agent, second)).Error.Should().Be("invalid_client", "the old document is still fresh");
        _bench.Server.Time.Advance(TimeSpan.FromMinutes(11));
        (await ExchangeAsync(agent, second)).AccessToken.Should().NotBeEmpty();
        (await ExchangeAsync(agent, first)).Error.Should().Be("invalid_client");
        _bench.Site.VisitsOf("/client.json").Should().Be(2);

        static void WithKey(JsonObject document, ClientKey key)
        {
            document["token_endpoint_auth_method"] = "private_key_jwt";
            document["jwks"] = ClientKey.SetOf(key);
        }
    }

    [Fact]
    public async Task A_document_that_is_gone_makes_its_client_unknown_once_it_is_stale()
    {
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json"));
        var tokens = await agent.ConnectAsync();
        _bench.Site.Serve("/client.json", NotFound);
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();

        _bench.Server.Time.Advance(TimeSpan.FromMinutes(11));
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain("the metadata document at client_id can&#x27;t be had: its server answered 404");
        (await agent.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", "x"))).Error.Should().Be("invalid_client");
    }

    [Fact]
    public async Task A_server_that_takes_none_says_so_and_fetches_none()
    {
        await using var server = await AuthServer.StartAsync(
            options => options with { TakesMetadataDocuments = false }, outbound: _bench.Site.Outbound);
        var metadata = await server.NewClient().GetStringAsync(new Uri("/.well-known/oauth-authorization-server", UriKind.Relative));
        JsonNode.Parse(metadata)!["client_id_metadata_document_supported"]!.GetValue<bool>().Should().BeFalse();
        await _bench.RefusedAsync(_bench.Site.ServeClient("/unwanted.json"), "register at /register", server);
        _bench.Site.VisitsOf("/unwanted.json").Should().Be(0);
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task<TokenAnswer> ExchangeAsync(Agent agent, ClientKey key) => await agent.ExchangeAsync(
        (await agent.AuthorizeAsync()).Code!,
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", key.Assert(agent.ClientId, _bench.Server.Time.GetUtcNow())));
}
