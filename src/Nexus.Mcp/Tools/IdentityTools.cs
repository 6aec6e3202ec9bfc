using System.ComponentModel;
using ModelContextProtocol.Server;
using Nexus.Core.Access;

namespace Nexus.Mcp.Tools;

/// <summary>Who is asking.</summary>
[Toolset("identity")]
internal sealed class IdentityTools(ToolCatalog catalog)
{
    [McpServerTool(
        Name = "nexusai_whoami", Title = "Who am I",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Shows the signed-in person, organisation, role and granted scopes, and which tools they allow. Call it first.")]
    [Performs(Operation.WhoAmI)]
    public WhoAmI WhoAmI(Actor actor) => new(
        new(actor.UserId, actor.Email, actor.Name),
        new(actor.OrganizationId, actor.OrganizationName),
        actor.Role.ToString(),
        [.. Scopes.All.Where(actor.Scopes.Contains)],
        actor.ClientId,
        "self-hosted",
        [.. catalog.Tools.Where(tool => tool.IsOpenTo(actor)).Select(tool => tool.ProtocolTool.Name)]);
}
