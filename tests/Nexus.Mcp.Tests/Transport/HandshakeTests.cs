using System.Net;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class HandshakeTests(McpServerFixture server)
{
    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-01-16", "2025-11-25")]
    [InlineData("2031-01-01", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    public async Task Initialize_settles_on_the_version_asked_for_or_on_our_newest_with_a_handshake(string asked, string settled)
    {
        var answer = await server.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{asked}}"} }""");

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Json.GetProperty("result").GetProperty("protocolVersion").GetString().Should().Be(settled);
        answer.Json.GetProperty("result").GetProperty("capabilities").TryGetProperty("tools", out _).Should().BeTrue();
        answer.Json.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString().Should().Be("nexus");
    }

    [Fact]
    public async Task Initialize_with_everything_in_it_works_too()
    {
        var answer = await server.PostAsync(
            """
            {"jsonrpc":"2.0","id":"x","method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{"roots":{"listChanged":true},"elicitation":{}},"clientInfo":{"name":"a","version":"1","title":"A"}}}
            """,
            null,
            ("MCP-Protocol-Version", "2025-11-25"));

        answer.Json.GetProperty("id").GetString().Should().Be("x");
        answer.Json.GetProperty("result").GetProperty("protocolVersion").GetString().Should().Be("2025-11-25");
    }

    [Fact]
    public async Task The_documents_own_version_may_stand_in_the_header_of_initialize_as_well()
    {
        var answer = await server.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2026-01-16"}}""",
            null,
            ("MCP-Protocol-Version", "2026-01-16"));

        answer.Json.GetProperty("result").GetProperty("protocolVersion").GetString().Should().Be("2025-11-25");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task After_the_handshake_any_node_answers_any_request(string? version)
    {
        (string, string)[] headers = version is null ? [] : [("MCP-Protocol-Version", version)];

        (await server.PostAsync(Messages.Ping, null, headers)).Json.GetProperty("result").EnumerateObject().Should().BeEmpty();
        (await server.PostAsync(Messages.WhoAmI, null, headers)).Text.Should().Contain("owner@example.com");
    }

    [Fact]
    public async Task An_unknown_version_in_the_header_of_another_request_gets_400()
    {
        (await server.PostAsync(Messages.Ping, null, ("MCP-Protocol-Version", "1999-01-01")))
            .Status.Should().Be(HttpStatusCode.BadRequest);
    }
}
