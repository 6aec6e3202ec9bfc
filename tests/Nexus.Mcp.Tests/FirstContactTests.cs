using System.Net;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests;

public sealed class FirstContactTests(McpServerFixture server)
{
    [Fact]
    public async Task Initialize_with_a_protocol_version_alone_works()
    {
        var answer = await server.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""");

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        answer.Json.GetProperty("result").GetProperty("protocolVersion").GetString().Should().Be("2025-06-18");
    }

    [Fact]
    public async Task Tools_are_listed_as_plain_json()
    {
        var answer = await server.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");

        answer.Text.Should().Contain("nexusai_whoami");
    }

    [Fact]
    public async Task Who_am_i_tells_person_and_tools()
    {
        var answer = await server.PostAsync(
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"nexusai_whoami","arguments":{}}}""");

        answer.Text.Should().Contain("owner@example.com");
    }
}
