using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Projects;

namespace Nexus.Mcp.Tools;

/// <summary>What deployments belong to.</summary>
[Toolset("identity")]
internal sealed class ProjectTools(ProjectQueries projects)
{
    [McpServerTool(
        Name = "nexusai_projects_list", Title = "List projects",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Lists the projects that you can see, newest first. Use it to find a projectId.")]
    [Performs(Operation.ListProjects)]
    public async Task<ProjectList> ListAsync(
        Actor actor,
        [Range(1, PageRequest.HighestLimit)] int limit = PageRequest.DefaultLimit,
        [Description(Words.Cursor)] string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var page = await projects.ListAsync(actor, new(limit, cursor), cancellationToken);
        return new(page.Items, page.NextCursor);
    }
}

/// <summary>A page of projects.</summary>
internal sealed record ProjectList(IReadOnlyList<ProjectSummary> Projects, string? NextCursor = null);
