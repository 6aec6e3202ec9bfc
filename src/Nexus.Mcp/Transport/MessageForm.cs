using System.Text.Json;

namespace Nexus.Mcp.Transport;

/// <summary>Whether a JSON value is one JSON-RPC 2.0 message as MCP has them: an id is a string or a whole number, params are an object.</summary>
internal static class MessageForm
{
    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? Problem(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => ProblemOfObject(root),
        // Only 2025-03-26 had batches, no client is known to send them, and the contract's body is one message.
        JsonValueKind.Array => "the body is a batch, and this endpoint takes one message a request.",
        _ => "the body is not a JSON-RPC message.",
    };

    private static string? ProblemOfObject(JsonElement root)
    {
        if (!root.TryGetProperty("jsonrpc", out var version) || !IsString(version, "2.0"))
            return "the member jsonrpc must be \"2.0\".";
        if (root.TryGetProperty("id", out var id) && !IsId(id))
            return "the member id must be a string or a whole number.";
        if (root.TryGetProperty("method", out var method))
            return method.ValueKind == JsonValueKind.String ? null : "the member method must be a string.";
        return root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _)
            ? "the body is a response, and this endpoint asks clients nothing."
            : "the member method is missing.";
    }

    private static bool IsId(JsonElement id) =>
        id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _));

    private static bool IsString(JsonElement element, string value) =>
        element.ValueKind == JsonValueKind.String && element.ValueEquals(value);
}
