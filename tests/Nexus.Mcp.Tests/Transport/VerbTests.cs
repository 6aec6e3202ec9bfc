using System.Net;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class VerbTests(McpServerFixture server)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Another_verb_is_refused_with_405_and_says_why(string verb)
    {
        var answer = await server.SendAsync(new(verb), "/mcp", token: Wire.NoToken);

        answer.Status.Should().Be(HttpStatusCode.MethodNotAllowed);
        answer.ContentHeaders.Allow.Should().Equal("POST");
        answer.ErrorMessage.Should().StartWith($"Method Not Allowed: {verb}");
        answer.Header("Access-Control-Allow-Origin").Should().Be("*");
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task A_preflight_request_is_answered_before_authentication(string path)
    {
        var answer = await server.SendAsync(
            HttpMethod.Options, path, null, Wire.NoToken,
            ("Origin", "https://inspector.example"),
            ("Access-Control-Request-Method", path == "/mcp" ? "POST" : "GET"),
            ("Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version"));

        answer.Status.Should().Be(HttpStatusCode.NoContent);
        answer.Header("Access-Control-Allow-Origin").Should().Be("*");
        answer.Header("Access-Control-Allow-Methods").Should().Contain(path == "/mcp" ? "POST" : "GET");
        answer.Header("Access-Control-Allow-Headers").Split(", ").Should().Contain(
            ["Authorization", "Content-Type", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id"]);
    }

    [Fact]
    public async Task A_page_may_read_the_challenge_of_a_401()
    {
        var answer = await server.PostAsync(Messages.Ping, "garbage", ("Origin", "https://inspector.example"));

        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
        answer.Header("Access-Control-Allow-Origin").Should().Be("*");
        answer.Header("Access-Control-Expose-Headers").Split(", ").Should().Contain("WWW-Authenticate");
    }
}
