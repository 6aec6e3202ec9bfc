using System.Text.Json;

namespace Nexus.Mcp.Transport;

/// <summary>A JSON-RPC message as it came: its bytes, and what the endpoint needs to see of it.</summary>
internal sealed class IncomingMessage(ArraySegment<byte> body, JsonDocument document) : IDisposable
{
    private readonly JsonElement _root = document.RootElement;

    public ArraySegment<byte> Body { get; } = body;

    public string Method { get; } = document.RootElement.GetProperty("method").GetString()!;

    /// <summary>Whether it wants an answer; a notification doesn't.</summary>
    public bool IsRequest { get; } = document.RootElement.TryGetProperty("id", out _);

    /// <summary>The id as raw JSON, <c>null</c> where there is none.</summary>
    public string Id { get; } = document.RootElement.TryGetProperty("id", out var id) ? id.GetRawText() : "null";

    /// <summary>Undefined where the message has none.</summary>
    public JsonElement Params => _root.TryGetProperty("params", out var value) ? value : default;

    /// <summary>The tool that the message calls; null for any other message.</summary>
    public string? ToolName => field ??= Method == "tools/call" ? StringMember(Params, "name") : null;

    public void Dispose() => document.Dispose();

    private static string? StringMember(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
