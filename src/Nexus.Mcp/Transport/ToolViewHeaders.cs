using Microsoft.AspNetCore.Http;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Transport;

/// <summary>Reads <c>X-MCP-Toolsets</c> and <c>X-MCP-Readonly</c>.</summary>
internal static class ToolViewHeaders
{
    private const string Toolsets = "X-MCP-Toolsets";
    private const string ReadOnly = "X-MCP-Readonly";

    private static readonly string[] Known = ["identity", "deployments", "secrets", "domains", "usage", "databases"];

    /// <summary>What the client wants to see, or why its header can't be followed.</summary>
    public static (ToolView? View, Refusal? Refusal) Read(HttpRequest request)
    {
        var (named, readOnly) = (request.Headers[Toolsets].ToString(), request.Headers[ReadOnly].ToString());
        if (named.Length == 0 && readOnly.Length == 0) return (ToolView.Whole, null);
        if (readOnly is not ("" or "true" or "false")) return (null, Wrong($"{ReadOnly} must be true or false."));

        var sets = named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return sets.Except(Known).Any()
            ? (null, Wrong($"{Toolsets} must name some of {string.Join(", ", Known)}."))
            : (new(sets.Length == 0 ? null : sets.ToHashSet(), readOnly == "true"), null);
    }

    private static Refusal Wrong(string problem) =>
        new(StatusCodes.Status400BadRequest, Refusal.InvalidRequest, "Invalid Request: " + problem);
}
