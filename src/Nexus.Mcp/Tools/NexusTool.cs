using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Mcp.Calls;

namespace Nexus.Mcp.Tools;

/// <summary>A tool and what the endpoint must know of it before it runs.</summary>
/// <param name="inner">Gives its result as text alone.</param>
/// <param name="definition">What clients see of it.</param>
/// <param name="operation">What it asks of the core.</param>
/// <param name="toolset">The set that it belongs to.</param>
internal sealed class NexusTool(McpServerTool inner, Tool definition, Operation operation, string toolset)
    : DelegatingMcpServerTool(inner)
{
    private readonly Requirement _requirement = AccessPolicy.RequirementOf(operation);

    public override Tool ProtocolTool => definition;

    public string Toolset => toolset;

    /// <summary>What it asks of the core.</summary>
    public Operation Operation => operation;

    public ArgumentRules Arguments { get; } = new(definition.InputSchema);

    /// <summary>The scope that a call needs; null for none.</summary>
    public string? Scope => _requirement.Scope;

    /// <summary>Whether the actor's scopes and role allow a call.</summary>
    public bool IsOpenTo(Actor actor) =>
        (Scope is null || actor.Scopes.Contains(Scope)) && AccessPolicy.Allows(actor.Role, _requirement.Permission);

    /// <summary>Calls it for the SDK's handler, which wants the result both as text and as structured content.</summary>
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var result = await CallAsync(request, cancellationToken);
        AddStructure(result);
        return result;
    }

    /// <summary>Calls it. The result is JSON as text; written once, it needn't be taken apart to be structured content too.</summary>
    public ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        base.InvokeAsync(request, cancellationToken);

    public static void AddStructure(CallToolResult result) => result.StructuredContent = JsonElement.Parse(TextOf(result));

    /// <summary>The result as JSON.</summary>
    public static string TextOf(CallToolResult result) => ((TextContentBlock)result.Content.Single()).Text;
}
