using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;

namespace Nexus.Core.Projects;

/// <summary>The one place that narrows projects to those an actor may see.</summary>
internal static class ProjectVisibility
{
    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Actor actor)
    {
        var own = projects.Where(project => project.OrganizationId == actor.OrganizationId);
        return AccessPolicy.SeesAllProjects(actor.Role)
            ? own
            : own.Where(project => actor.AssignedProjects.Contains(project.Id));
    }

    /// <summary>A project that the actor sees.</summary>
    public static async Task<Project> GetAsync(
        this IQueryable<Project> projects, Actor actor, Guid id, CancellationToken cancellationToken) =>
        await projects.VisibleTo(actor).FirstOrDefaultAsync(project => project.Id == id, cancellationToken) ?? throw ProjectErrors.NotFound();

    /// <summary>Refuses an id that is none of a project that the actor sees.</summary>
    public static async Task RequireAsync(this IQueryable<Project> projects, Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (!await projects.VisibleTo(actor).AnyAsync(project => project.Id == id, cancellationToken)) throw ProjectErrors.NotFound();
    }

    /// <summary>The project that counts where none is named: the oldest one that the actor sees. Null where there is none.</summary>
    public static Task<Project?> FindDefaultAsync(this IQueryable<Project> projects, Actor actor, CancellationToken cancellationToken) =>
        projects.VisibleTo(actor).OrderBy(project => project.Id).FirstOrDefaultAsync(cancellationToken);
}
