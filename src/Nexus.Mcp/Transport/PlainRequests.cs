using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Tells requests that are plainly in order: a call or a list of tools, with what its revision asks for and nothing beside. Whatever
/// else a revision allows, or refuses, is judged by the SDK's handler.
/// </summary>
internal static class PlainRequests
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";
    private const string Metadata = "_meta";

    public static bool Includes(HttpRequest request, IncomingMessage message)
    {
        if (!message.IsRequest || message.Method is not ("tools/call" or "tools/list")) return false;
        if (request.Headers.ContainsKey(SessionHeader)) return false;
        return ProtocolEra.HasPerRequestMetadata(request) ? IsPlainToday(request, message) : IsPlainAfterHandshake(request, message);
    }

    private static bool IsPlainAfterHandshake(HttpRequest request, IncomingMessage message) =>
        request.Headers[ProtocolEra.Header] is var revision
        && (revision.Count == 0 || ProtocolEra.WithHandshake.Contains(revision.ToString()))
        && !MetadataOf(message, out _);

    private static bool IsPlainToday(HttpRequest request, IncomingMessage message) =>
        Is(request.Headers[ProtocolEra.Header], ProtocolEra.PerRequestMetadata)
        && Is(request.Headers[MethodHeader], message.Method)
        && (message.ToolName is not { } tool || Is(request.Headers[NameHeader], tool))
        && MetadataOf(message, out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && DeclaresAllThatItMust(metadata);

    private static bool DeclaresAllThatItMust(JsonElement metadata)
    {
        var (revision, capabilities) = (false, false);
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.NameEquals(MetaKeys.ProtocolVersion))
                revision = member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(ProtocolEra.PerRequestMetadata);
            else if (member.NameEquals(MetaKeys.ClientCapabilities))
                capabilities = member.Value.ValueKind == JsonValueKind.Object && Holds<ClientCapabilities>(member.Value);
            else if (!member.NameEquals(MetaKeys.ClientInfo) || !Holds<Implementation>(member.Value))
                return false;
        }

        return revision && capabilities;
    }

    private static bool Holds<T>(JsonElement element)
    {
        try
        {
            return element.Deserialize<T>(McpJsonUtilities.DefaultOptions) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool MetadataOf(IncomingMessage message, out JsonElement metadata)
    {
        metadata = default;
        return message.Params.ValueKind == JsonValueKind.Object && message.Params.TryGetProperty(Metadata, out metadata);
    }

    private static bool Is(StringValues header, string value) => header.Count == 1 && header[0] == value;
}
