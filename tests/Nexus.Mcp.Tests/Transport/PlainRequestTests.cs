using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Tests.Transport;

public sealed class PlainRequestTests
{
    private static readonly string Modern = Messages.Modern("tools/call", new { name = "nexusai_whoami" });
    private static readonly (string, string)[] ModernHeaders = Messages.ModernHeaders("tools/call", "nexusai_whoami");

    [Theory]
    [InlineData(null)]
    [InlineData("2024-11-05")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public void A_call_after_a_handshake_is_plain(string? revision) =>
        IsPlain(Messages.WhoAmI, revision is null ? [] : [("MCP-Protocol-Version", revision)]).Should().BeTrue();

    [Fact]
    public void A_list_is_plain() => IsPlain(Messages.ListTools).Should().BeTrue();

    [Fact]
    public void A_call_that_declares_what_its_revision_wants_is_plain() => IsPlain(Modern, ModernHeaders).Should().BeTrue();

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nexusai_whoami","_meta":{"progressToken":1}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{}}}""")]
    public void Another_message_is_not(string body) => IsPlain(body).Should().BeFalse();

    [Theory]
    [InlineData("MCP-Protocol-Version", "2025-01-01")]
    [InlineData("MCP-Protocol-Version", "2026-07-28")]
    [InlineData("MCP-Protocol-Version", "")]
    [InlineData("Mcp-Session-Id", "x")]
    public void One_with_a_header_that_may_be_refused_is_not(string name, string value) =>
        IsPlain(Messages.WhoAmI, (name, value)).Should().BeFalse();

    [Theory]
    [InlineData("MCP-Protocol-Version", "2026-07-29")]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Name", "nexusai_deploy_list")]
    [InlineData("Mcp-Name", null)]
    [InlineData("Mcp-Method", null)]
    public void Nor_is_one_whose_headers_and_body_differ(string name, string? value) =>
        IsPlain(Modern, [.. ModernHeaders.Where(header => header.Item1 != name), .. value is null ? Array.Empty<(string, string)>() : [(name, value)]])
            .Should().BeFalse();

    [Theory]
    [InlineData("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"", "\"io.modelcontextprotocol/protocolVersion\":\"2025-11-25\"")]
    [InlineData("\"io.modelcontextprotocol/clientCapabilities\":{}", "\"io.modelcontextprotocol/clientCapabilities\":[]")]
    [InlineData("\"io.modelcontextprotocol/clientCapabilities\":{}", "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":1}")]
    [InlineData("\"io.modelcontextprotocol/clientCapabilities\":{}", "\"progressToken\":1")]
    [InlineData("{\"name\":\"test\",\"version\":\"1\"}", "{\"name\":\"test\"}")]
    public void Nor_is_one_whose_metadata_are_not_in_order(string part, string other)
    {
        Modern.Should().Contain(part);

        IsPlain(Modern.Replace(part, other, StringComparison.Ordinal), ModernHeaders).Should().BeFalse();
    }

    private static bool IsPlain(string body, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        var bytes = Encoding.UTF8.GetBytes(body);
        using var message = new IncomingMessage(bytes, JsonDocument.Parse(bytes));
        return PlainRequests.Includes(context.Request, message);
    }
}
