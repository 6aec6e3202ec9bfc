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
        Shape(ErrorBody.Of(failure));

    public static CallToolResult Internal(string correlationId) =>
        Shape(ErrorBody.Internal(correlationId));

    private static CallToolResult Shape(ErrorBody body) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = JsonSerializer.Serialize(body, ToolJson.Options) }],
    };
}
