using System.Diagnostics;
using System.Text.Json;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Clients;

/// <summary>The three examples of the documents' section on JSON-RPC, word for word but for host and token.</summary>
public sealed class CurlTests(McpServerFixture server)
{
    private const string Initialize =
        """
        curl -s -X POST "https://api.zollo.live/mcp" \
              -H "Authorization: Bearer <oauth_access_token>" \
              -H "Content-Type: application/json" \
              -d '{
                "jsonrpc":"2.0",
                "id":1,
                "method":"initialize",
                "params":{"protocolVersion":"2025-06-18"}
              }'
        """;

    private const string ListTools =
        """
        curl -s -X POST "https://api.zollo.live/mcp" \
              -H "Authorization: Bearer <oauth_access_token>" \
              -H "Content-Type: application/json" \
              -d '{"jsonrpc":"2.0","id":2,"method":"tools/list"}'
        """;

    private const string CallTool =
        """
        curl -s -X POST "https://api.zollo.live/mcp" \
              -H "Authorization: Bearer <oauth_access_token>" \
              -H "Content-Type: application/json" \
              -d '{
                "jsonrpc":"2.0",
                "id":3,
                "method":"tools/call",
                "params":{"name":"nexusai_whoami","arguments":{}}
              }'
        """;

    [Fact]
    public async Task The_documents_initialize_works()
    {
        var answer = await RunAsync(Initialize);

        answer.GetProperty("result").GetProperty("protocolVersion").GetString().Should().Be("2025-06-18");
    }

    [Fact]
    public async Task The_documents_tools_list_works()
    {
        var answer = await RunAsync(ListTools);

        answer.GetProperty("result").GetProperty("tools")[0].GetProperty("name").GetString().Should().Be("nexusai_whoami");
    }

    [Fact]
    public async Task The_documents_tools_call_works_and_its_text_is_json()
    {
        var answer = await RunAsync(CallTool);

        var text = answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
        JsonDocument.Parse(text).RootElement.GetProperty("user").GetProperty("email").GetString().Should().Be("owner@example.com");
    }

    private async Task<JsonElement> RunAsync(string command)
    {
        var script = command
            .Replace("https://api.zollo.live/mcp", server.Endpoint.ToString(), StringComparison.Ordinal)
            .Replace("<oauth_access_token>", server.OwnerToken, StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.Should().Be(0);
        return JsonDocument.Parse(output).RootElement;
    }
}
