using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Discovery;

public sealed class MetadataTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("oauth-authorization-server")]
    [InlineData("openid-configuration")]
    public async Task What_is_served_is_the_golden_copy(string document)
    {
        var served = await (await ClientAsync()).GetStringAsync($"/.well-known/{document}");
        var golden = await File.ReadAllTextAsync(Repository.At("wellknown", $"{document}.json"));
        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(golden)).Should().BeTrue(served);
    }

    [Fact]
    public async Task The_keys_are_the_golden_copy_and_have_no_private_part()
    {
        await using var server = await AuthServer.StartAsync(options => options with { SigningSecret = "a signing secret of 32 bytes or more" });
        var served = await server.NewClient().GetStringAsync("/.well-known/jwks.json");
        var golden = await File.ReadAllTextAsync(Repository.At("wellknown", "jwks.json"));
        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(golden)).Should().BeTrue(served);
        served.Should().NotContain("\"d\"");
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server/mcp")]
    [InlineData("/.well-known/openid-configuration/mcp")]
    [InlineData("/mcp/.well-known/openid-configuration")]
    public async Task Clients_that_put_the_endpoints_path_in_find_it_too(string path)
    {
        var document = await (await ClientAsync()).GetFromJsonAsync<JsonObject>(path);
        document!["issuer"]!.GetValue<string>().Should().Be(AuthServer.Issuer);
    }

    [Fact]
    public async Task The_issuers_own_path_is_found_where_the_standards_say()
    {
        await using var server = await AuthServer.StartAsync(issuer: "https://nexus.example.com/tenant");
        foreach (var path in new[] { "/.well-known/oauth-authorization-server/tenant", "/tenant/.well-known/openid-configuration" })
        {
            var document = await server.NewClient().GetFromJsonAsync<JsonObject>(path);
            document!["issuer"]!.GetValue<string>().Should().Be("https://nexus.example.com/tenant");
        }
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/oauth/authorize")]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    [InlineData("/register")]
    public async Task A_strangers_Host_header_shows_in_no_answer(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        var response = await (await ClientAsync()).SendAsync(request);
        var text = response + await response.Content.ReadAsStringAsync();
        text.Replace("Host: evil.example", "", StringComparison.Ordinal).Should().NotContain("evil.example");
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/oauth/me")]
    public async Task Scripts_of_any_origin_may_read_it(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://app.example");
        var response = await (await ClientAsync()).SendAsync(request);
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        response.Headers.Contains("Access-Control-Allow-Credentials").Should().BeFalse();
    }

    [Theory]
    [InlineData("/oauth/token")]
    [InlineData("/api/oauth/token")]
    [InlineData("/register")]
    [InlineData("/oauth/revoke")]
    public async Task Scripts_of_any_origin_may_ask_before_they_post(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,authorization");
        var response = await (await ClientAsync()).SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    [InlineData("/oauth/authorize")]
    [InlineData("/api/auth/verify")]
    public async Task Scripts_of_other_origins_may_not_read_pages(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://app.example");
        var response = await (await ClientAsync()).SendAsync(request);
        response.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    private async Task<HttpClient> ClientAsync() => (await shared.GetAsync()).NewClient();
}
