using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Mcp.Calls;

namespace Nexus.Mcp.Tools;

/// <summary>A tool and what the endpoint must know of it before it runs.</summary>
internal sealed class NexusTool(McpServerTool inner, Tool definition, Operation operation, string toolset)
    : DelegatingMcpServerTool(inner)
{
    public override Tool ProtocolTool => definition;

    public string Toolset => toolset;

    /// <summary>What it asks of the core.</summary>
    public Operation Operation => operation;

    public ArgumentRules Arguments { get; } = new(definition.InputSchema);

    /// <summary>The scope that a call needs; null for none.</summary>
    public string? Scope { get; } = AccessPolicy.RequirementOf(operation).Scope;

    /// <summary>Whether the actor's scopes and role allow a call.</summary>
    public bool IsOpenTo(Actor actor) =>
        (Scope is null || actor.Scopes.Contains(Scope))
        && AccessPolicy.Allows(actor.Role, AccessPolicy.RequirementOf(operation).Permission);
}
