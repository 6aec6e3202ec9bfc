using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Storage;

namespace Nexus.Core.Projects;

/// <summary>Reads the projects that an actor may see.</summary>
public sealed class ProjectQueries(IDbContextFactory<NexusDbContext> database)
{
    public async Task<Page<ProjectSummary>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListProjects);
        var (limit, after) = (page.CheckedLimit, page.CheckedCursor);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var projects = db.Projects.VisibleTo(actor);
        if (after is { } cursor) projects = projects.Where(project => project.Id.CompareTo(cursor) < 0);
        var found = await projects
            .OrderByDescending(project => project.Id)
            .Take(limit + 1)
            .Select(project => new ProjectSummary(
                project.Id,
                project.Name,
                db.Deployments.Count(deployment => deployment.ProjectId == project.Id && deployment.DeletedAt == null),
                project.CreatedAt))
            .ToListAsync(cancellationToken);
        return page.Cut(found, project => project.Id);
    }
}

/// <summary>A project as callers see it.</summary>
public sealed record ProjectSummary(Guid Id, string Name, int Deployments, DateTimeOffset CreatedAt);
