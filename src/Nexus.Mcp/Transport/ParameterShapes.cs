using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Nexus.Mcp.Transport;

/// <summary>Whether a message's <c>params</c> have the shape of its method. What gets past here, the SDK reads without an exception.</summary>
internal static class ParameterShapes
{
    private static readonly FrozenDictionary<string, Shape> Shapes = new Dictionary<string, Shape>
    {
        ["initialize"] = new(typeof(InitializeRequestParams), "protocolVersion"),
        ["server/discover"] = new(typeof(DiscoverRequestParams)),
        ["ping"] = new(typeof(PingRequestParams)),
        ["tools/list"] = new(typeof(ListToolsRequestParams)),
        ["tools/call"] = new(typeof(CallToolRequestParams), "name"),
        ["subscriptions/listen"] = new(typeof(SubscriptionsListenRequestParams)),
        ["notifications/cancelled"] = new(typeof(CancelledNotificationParams)),
#pragma warning disable MCP9005 // Deprecated in 2026-07-28; clients of earlier revisions still send it, and the SDK answers.
        ["logging/setLevel"] = new(typeof(SetLevelRequestParams)),
#pragma warning restore MCP9005
        ["notifications/progress"] = new(typeof(ProgressNotificationParams)),
    }.ToFrozenDictionary();

    /// <summary>Refuses params that lack a string that the method needs, or aren't an object at all.</summary>
    public static Refusal? CheckRequired(IncomingMessage message)
    {
        var parameters = message.Params;
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
            return Wrong(message, $"params must be an object, not {Kind(parameters)}.");
        if (!Shapes.TryGetValue(message.Method, out var shape) || shape.Required is null) return null;
        if (parameters.ValueKind == JsonValueKind.Undefined || !parameters.TryGetProperty(shape.Required, out var member))
            return Wrong(message, $"params.{shape.Required} is missing: {message.Method} needs it, a string.");
        return member.ValueKind == JsonValueKind.String
            ? null
            : Wrong(message, $"params.{shape.Required} must be a string, not {Kind(member)}.");
    }

    /// <summary>Refuses params that the SDK's own type for the method can't hold.</summary>
    public static Refusal? CheckForm(IncomingMessage message)
    {
        if (!Shapes.TryGetValue(message.Method, out var shape)) return null;
        if (message.Params.ValueKind == JsonValueKind.Undefined) return null;
        try
        {
            message.Params.Deserialize(shape.Type, McpJsonUtilities.DefaultOptions);
            return null;
        }
        catch (JsonException exception)
        {
            return Wrong(message, $"params{exception.Path?.TrimStart('$')} has the wrong type for {message.Method}.");
        }
    }

    private static Refusal Wrong(IncomingMessage message, string problem) =>
        new(StatusFor(message), Refusal.InvalidParams, "Invalid params: " + problem) { Id = message.Id };

    // JSON-RPC §4.1: a notification gets no answer, so only the status can tell (MCP, Streamable HTTP, Sending Messages).
    private static int StatusFor(IncomingMessage message) =>
        message.IsRequest ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;

    private static string Kind(JsonElement element) => JsonKinds.NameOf(element.ValueKind);

    private sealed record Shape(Type Type, string? Required = null);
}
