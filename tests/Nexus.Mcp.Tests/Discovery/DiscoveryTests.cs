using System.Net;
using System.Text.Json.Nodes;
using Nexus.Mcp.Discovery;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Discovery;

public sealed class DiscoveryTests(McpServerFixture server)
{
    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_names_resource_and_issuer_exactly_whatever_the_host_header_says(string path)
    {
        var answer = await server.SendAsync(HttpMethod.Get, path, null, Wire.NoToken, ("Host", "evil.example"));

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        answer.Header("Access-Control-Allow-Origin").Should().Be("*");
        answer.Json.GetProperty("resource").GetString().Should().Be("http://localhost:8080/mcp");
        answer.Json.GetProperty("authorization_servers")[0].GetString().Should().Be("http://localhost:8080");
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource/other")]
    [InlineData("/.well-known/oauth-protected-resource/mcp/more")]
    [InlineData("/.well-known/oauth-protected-resource/MCPX")]
    public async Task Any_other_suffix_is_not_found(string path)
    {
        (await server.SendAsync(HttpMethod.Get, path, token: Wire.NoToken)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_head_request_gets_the_headers_alone()
    {
        var answer = await server.SendAsync(HttpMethod.Head, "/.well-known/oauth-protected-resource/mcp", token: Wire.NoToken);

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.ContentHeaders.ContentLength.Should().BePositive();
    }

    [Fact]
    public void The_golden_copy_is_what_is_served()
    {
        const string origin = "https://nexus.example.com";
        var served = new ResourceMetadata(new(origin, origin, origin, "apps.example.com"), new()).Json;

        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(File.ReadAllText(Nexus.Testing.Repository.At("wellknown", "oauth-protected-resource.json"))))
            .Should().BeTrue("wellknown/oauth-protected-resource.json is the copy of {0}", JsonNode.Parse(served));
    }
}
