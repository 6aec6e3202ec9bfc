using System.Text.Json;
using ModelContextProtocol.Protocol;
using Nexus.Core;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Calls;

/// <summary>
/// Failures as results of a tool: JSON in the text and no structured content, which the TypeScript SDK 1.x would hold against the
/// output schema even on errors.
/// </summary>
internal static class ToolErrors
{
    public static CallToolResult Shape(NexusException failure) =>
        Shape(new Error(failure.Code, failure.Message, failure.Hint, failure.Field, failure.Details.Count > 0 ? failure.Details : null));

    public static CallToolResult Internal(string correlationId) =>
        Shape(new Error("INTERNAL_ERROR", Correlation.Message(correlationId), Correlation.Hint, null));

    private static CallToolResult Shape(Error error) => new()
    {
        IsError = true,
        Content =
        [
            new TextContentBlock
            {
                Text = JsonSerializer.Serialize(new Envelope(error), ToolJson.Options),
            },
        ],
    };

    private sealed record Envelope(Error Error);

    private sealed record Error(string Code, string Message, string? Hint, string? Field, IReadOnlyList<object>? Details = null);
}
