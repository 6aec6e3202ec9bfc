using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class MetadataDocumentTests : IAsyncLifetime
{
    private DocumentSite _site = null!;
    private AuthServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await DocumentSite.StartAsync();
        _server = await AuthServer.StartAsync(
            options => options with { DocumentFetchesPerMinute = 100 }, outbound: _site.Outbound);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_published_its_metadata_connects_without_registering()
    {
        var agent = AgentOf(_site.ServeClient("/client.json"));
        var tokens = await agent.ConnectAsync();
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();
        var verdict = await _server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Grant!.ClientId.Should().Be(agent.ClientId);
        _site.VisitsOf("/client.json").Should().Be(1, "it is cached as its headers say");
    }

    [Fact]
    public async Task Consent_shows_the_documents_host_and_address_and_is_remembered()
    {
        var agent = AgentOf(_site.ServeClient("/client.json", document => document["client_uri"] = "https://somebody-else.example"));
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Path.Should().Be("/consent");
        page.Html.Should().Contain("(localhost)").And.Contain(agent.ClientId).And.NotContain("somebody-else.example");
        page.Html.Should().NotContain("unverified", "the document vouches for its web address");
        await agent.AuthorizeAsync();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).LeftFor.Should().NotBeNull();
    }

    [Fact]
    public async Task A_document_does_not_vouch_for_programs_on_the_persons_computer()
    {
        const string Loopback = "http://127.0.0.1:4567/callback";
        var agent = AgentOf(_site.ServeClient("/client.json", document => document["redirect_uris"] = new JsonArray(Loopback)));
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", Loopback))));
        page.Html.Should().Contain("unverified");
    }

    [Fact]
    public async Task It_proves_itself_with_a_key_of_its_document_and_a_changed_document_counts()
    {
        var (first, second) = (new ClientKey("first"), new ClientKey("second"));
        var agent = AgentOf(_site.ServeClient("/client.json", document => WithKey(document, first)));
        (await ExchangeAsync(agent, first)).AccessToken.Should().NotBeEmpty();

        _site.ServeClient("/client.json", document => WithKey(document, second));
        (await ExchangeAsync(agent, second)).Error.Should().Be("invalid_client", "the old document is still fresh");
        _server.Time.Advance(TimeSpan.FromMinutes(11));
        (await ExchangeAsync(agent, second)).AccessToken.Should().NotBeEmpty();
        (await ExchangeAsync(agent, first)).Error.Should().Be("invalid_client");
        _site.VisitsOf("/client.json").Should().Be(2);

        static void WithKey(JsonObject document, ClientKey key)
        {
            document["token_endpoint_auth_method"] = "private_key_jwt";
            document["jwks"] = ClientKey.SetOf(key);
        }
    }

    [Fact]
    public async Task A_document_that_is_gone_makes_its_client_unknown_once_it_is_stale()
    {
        var agent = AgentOf(_site.ServeClient("/client.json"));
        var tokens = await agent.ConnectAsync();
        _site.Serve("/client.json", NotFound);
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();

        _server.Time.Advance(TimeSpan.FromMinutes(11));
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain("the metadata document at client_id can&#x27;t be had: its server answered 404");
        (await agent.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", "x"))).Error.Should().Be("invalid_client");
    }

    [Fact]
    public async Task Requests_at_once_fetch_it_once_and_a_failure_counts_for_a_while()
    {
        var gate = new TaskCompletionSource();
        var url = _site.UrlOf("/client.json");
        _site.Serve("/client.json", async http =>
        {
            await gate.Task;
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        });
        var pages = Enumerable.Range(0, 10).Select(_ => AgentOf(url)).Select(agent => agent.Browser.GoAsync(agent.AuthorizeUrl())).ToList();
        await Poll.UntilAsync(() => _site.VisitsOf("/client.json") > 0, "the first fetch");
        gate.SetResult();
        foreach (var page in await Task.WhenAll(pages)) page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _site.VisitsOf("/client.json").Should().Be(1);

        _site.ServeClient("/client.json");
        await RefusedAsync(url, "its server answered 500");
        _server.Time.Advance(TimeSpan.FromSeconds(31));
        (await AgentOf(url).ConnectAsync()).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _site.Serve("/client.json", http =>
        {
            http.Response.Redirect("/other.json");
            return Task.CompletedTask;
        });
        await RefusedAsync(_site.UrlOf("/client.json"), "it redirects");
        _site.VisitsOf("/other.json").Should().Be(0);
    }

    [Fact]
    public async Task A_huge_document_is_refused()
    {
        await RefusedAsync(_site.ServeClient("/client.json", document => document["x_padding"] = new string('a', 5 * 1024)), "longer than 5120 bytes");
        _site.Serve("/endless", async http =>
        {
            http.Response.ContentType = "application/json";
            var chunk = new byte[8192];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(chunk);
        });
        await RefusedAsync(_site.UrlOf("/endless"), "longer than 5120 bytes");
    }

    [Fact]
    public async Task A_slow_document_is_given_up()
    {
        _site.Serve("/silent", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        _site.Serve("/dripping", async http =>
        {
            http.Response.ContentType = "application/json";
            for (var i = 0; !http.RequestAborted.IsCancellationRequested; i++)
            {
                await http.Response.WriteAsync(" ");
                await http.Response.Body.FlushAsync();
                await Task.Delay(100, http.RequestAborted);
            }
        });
        await Task.WhenAll(
            RefusedAsync(_site.UrlOf("/silent"), "longer than 3 seconds"), RefusedAsync(_site.UrlOf("/dripping"), "longer than 3 seconds"));
    }

    [Theory]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://2130706433/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:127.0.0.1]/client.json")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/client.json")]
    public async Task Addresses_of_this_machine_and_network_are_not_visited(string url) => await RefusedAsync(url, "an address that is not public");

    [Fact]
    public async Task A_name_of_this_machine_is_not_visited_unless_the_operator_allows_it()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = AgentOf(_site.ServeClient("/client.json"), server);
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Html.Should().Contain("an address that is not public");
        _site.VisitsOf("/client.json").Should().Be(0);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_not_trusted()
    {
        await using var server = await AuthServer.StartAsync(outbound: _site.Outbound with { AuthoritiesFile = null });
        var agent = AgentOf(_site.ServeClient("/client.json"), server);
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Html.Should().Contain("certificate is not trusted");
    }

    [Theory]
    [InlineData("https://localhost", "has no path")]
    [InlineData("https://localhost/a/../client.json", "has a . or ..")]
    [InlineData("https://localhost/a/./client.json", "has a . or ..")]
    [InlineData("https://localhost/a/%2E%2e/client.json", "has a . or ..")]
    [InlineData("https://localhost/client.json#fragment", "has a fragment")]
    [InlineData("https://user@localhost/client.json", "has a user name")]
    [InlineData("https://localhost/client json", "has a character")]
    [InlineData("https://localhost\\client.json", "has a character")]
    public async Task These_are_no_URLs_of_documents(string url, string problem) => await RefusedAsync(url, problem);

    [Theory]
    [InlineData("client_id", "\"https://localhost/other.json\"")]
    [InlineData("client_id", null)]
    [InlineData("client_secret", "\"secret\"")]
    [InlineData("client_secret_expires_at", "0")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_basic\"")]
    [InlineData("redirect_uris", "[\"javascript:alert(1)\"]")]
    [InlineData("redirect_uris", "[]")]
    [InlineData("client_name", "7")]
    public async Task A_document_that_lies_or_makes_no_sense_is_refused_by_member(string member, string? value)
    {
        var url = _site.ServeClient("/client.json", document => document[member] = value is null ? null : JsonNode.Parse(value));
        await RefusedAsync(url, member is "client_secret_expires_at" ? "client_secret" : value is null ? "client_id" : "can&#x27;t be used");
    }

    [Theory]
    [InlineData("text/html", "{}", "content type")]
    [InlineData("application/json", "[]", "not a JSON object")]
    [InlineData("application/json", "{", "not valid JSON")]
    [InlineData("application/json", "{\"client_id\":1,\"client_id\":2}", "repeats a member")]
    public async Task What_is_no_JSON_document_is_refused(string type, string body, string problem)
    {
        _site.Serve("/client.json", http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        });
        await RefusedAsync(_site.UrlOf("/client.json"), problem);
    }

    [Fact]
    public async Task Its_redirect_URIs_hold()
    {
        var agent = AgentOf(_site.ServeClient("/client.json"));
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", "https://evil.example/")));
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain("redirect_uri is not one of");
    }

    [Fact]
    public async Task One_address_can_have_only_so_many_fetched_in_a_minute()
    {
        await using var server = await AuthServer.StartAsync(
            options => options with { DocumentFetchesPerMinute = 2 }, outbound: _site.Outbound);
        for (var i = 0; i < 2; i++) await RefusedAsync(_site.UrlOf($"/{i}"), "answered 404", server);
        await RefusedAsync(_site.UrlOf("/3"), "too many metadata documents", server);
        _site.VisitsOf("/3").Should().Be(0);
        await RefusedAsync(_site.UrlOf("/0"), "answered 404", server);
    }

    [Fact]
    public async Task A_server_that_takes_none_says_so_and_fetches_none()
    {
        await using var server = await AuthServer.StartAsync(
            options => options with { TakesMetadataDocuments = false }, outbound: _site.Outbound);
        var metadata = await server.NewClient().GetStringAsync(new Uri("/.well-known/oauth-authorization-server", UriKind.Relative));
        JsonNode.Parse(metadata)!["client_id_metadata_document_supported"]!.GetValue<bool>().Should().BeFalse();
        await RefusedAsync(_site.ServeClient("/unwanted.json"), "register at /register", server);
        _site.VisitsOf("/unwanted.json").Should().Be(0);
    }

    [Fact]
    public async Task A_logo_is_never_fetched()
    {
        var agent = AgentOf(_site.ServeClient("/client.json", document => document["logo_uri"] = _site.UrlOf("/logo.png")));
        await agent.ConnectAsync();
        _site.VisitsOf("/logo.png").Should().Be(0);
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Agent AgentOf(string url, AuthServer? server = null) =>
        new(server ?? _server, (server ?? _server).NewClient(), new JsonObject { ["client_id"] = url });

    private async Task RefusedAsync(string url, string problem, AuthServer? server = null)
    {
        var agent = AgentOf(url, server);
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        page.LeftFor.Should().BeNull();
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        page.Html.Should().Contain(problem);
    }

    private async Task<TokenAnswer> ExchangeAsync(Agent agent, ClientKey key) => await agent.ExchangeAsync(
        (await agent.AuthorizeAsync()).Code!,
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", key.Assert(agent.ClientId, _server.Time.GetUtcNow())));
}
