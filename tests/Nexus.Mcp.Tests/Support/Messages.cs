using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nexus.Mcp.Tests.Support;

/// <summary>JSON-RPC messages as text.</summary>
public static class Messages
{
    public const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""";
    public const string Ping = """{"jsonrpc":"2.0","id":7,"method":"ping"}""";
    public const string ListTools = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
    public const string WhoAmI = """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"nexusai_whoami","arguments":{}}}""";

    public static string Call(string tool, object? arguments = null) => JsonSerializer.Serialize(new
    {
        jsonrpc = "2.0",
        id = 3,
        method = "tools/call",
        @params = new { name = tool, arguments = arguments ?? new object() },
    });

    /// <summary>A request of the revision 2026-07-28, which carries in each request what the handshake told before.</summary>
    public static string Modern(string method, object? parameters = null)
    {
        var body = JsonSerializer.SerializeToNode(parameters ?? new object())!.AsObject();
        body["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 9, ["method"] = method, ["params"] = body }.ToJsonString();
    }

    /// <summary>The headers that go with <see cref="Modern"/>.</summary>
    public static (string Name, string Value)[] ModernHeaders(string method, string? name = null) =>
    [
        ("MCP-Protocol-Version", "2026-07-28"),
        ("Mcp-Method", method),
        .. name is null ? Array.Empty<(string, string)>() : [("Mcp-Name", name)],
    ];
}
