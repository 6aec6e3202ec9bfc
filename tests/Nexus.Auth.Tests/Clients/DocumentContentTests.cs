using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Tests.Clients;

/// <summary>What a metadata document may say, and what counts of it.</summary>
public sealed class DocumentContentTests : IAsyncLifetime
{
    private DocumentBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await DocumentBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("https://localhost", "has no path")]
    [InlineData("https://localhost/a/../client.json", "has a . or ..")]
    [InlineData("https://localhost/a/./client.json", "has a . or ..")]
    [InlineData("https://localhost/a/%2E%2e/client.json", "has a . or ..")]
    [InlineData("https://localhost/client.json#fragment", "has a fragment")]
    [InlineData("https://user@localhost/client.json", "has a user name")]
    [InlineData("https://localhost/client json", "has a character")]
    [InlineData("https://localhost\\client.json", "has a character")]
    public async Task These_are_no_URLs_of_documents(string url, string problem) => await _bench.RefusedAsync(url, problem);

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
        var url = _bench.Site.ServeClient("/client.json", document => document[member] = value is null ? null : JsonNode.Parse(value));
        await _bench.RefusedAsync(url, member is "client_secret_expires_at" ? "client_secret" : value is null ? "client_id" : "can&#x27;t be used");
    }

    [Theory]
    [InlineData("text/html", "{}", "content type")]
    [InlineData("application/json", "[]", "not a JSON object")]
    [InlineData("application/json", "{", "not valid JSON")]
    [InlineData("application/json", "{\"client_id\":1,\"client_id\":2}", "repeats a member")]
    public async Task What_is_no_JSON_document_is_refused(string type, string body, string problem)
    {
        _bench.Site.Serve("/client.json", http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        });
        await _bench.RefusedAsync(_bench.Site.UrlOf("/client.json"), problem);
    }

    [Fact]
    public async Task Its_redirect_URIs_hold()
    {
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json"));
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", "https://evil.example/")));
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain("redirect_uri is not one of");
    }

    [Fact]
    public async Task A_document_does_not_vouch_for_programs_on_the_persons_computer()
    {
        const string Loopback = "http://127.0.0.1:4567/callback";
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json", document => document["redirect_uris"] = new JsonArray(Loopback)));
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", Loopback))));
        page.Html.Should().Contain("unverified");
    }

    [Fact]
    public async Task A_logo_is_never_fetched()
    {
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json", document => document["logo_uri"] = _bench.Site.UrlOf("/logo.png")));
        await agent.ConnectAsync();
        _bench.Site.VisitsOf("/logo.png").Should().Be(0);
    }
}
