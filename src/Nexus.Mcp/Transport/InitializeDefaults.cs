using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Fills in what a terse <c>initialize</c> leaves out: the documents' own example sends <c>protocolVersion</c> alone, which the
/// SDK answers with an HTTP 500. A version that nobody knows becomes our newest one with a handshake (MCP, Lifecycle, Version
/// Negotiation).
/// </summary>
internal static class InitializeDefaults
{
    private static readonly string[] Known = [.. ProtocolEra.WithHandshake, ProtocolEra.PerRequestMetadata];

    /// <summary>The message with its gaps filled.</summary>
    public static IncomingMessage Fill(HttpRequest request, IncomingMessage message)
    {
        var root = JsonNode.Parse(message.Body)!.AsObject();
        var parameters = root["params"]!.AsObject();
        if (!Known.Contains((string?)parameters["protocolVersion"]))
        {
            parameters["protocolVersion"] = ProtocolEra.NewestWithHandshake;
            request.Headers.Remove(ProtocolEra.Header);
        }

        parameters["capabilities"] ??= new JsonObject();
        if ((parameters["clientInfo"] ??= new JsonObject()) is JsonObject client)
        {
            client["name"] ??= "unknown";
            client["version"] ??= "0";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(root);
        return new(body, JsonDocument.Parse(body));
    }
}
