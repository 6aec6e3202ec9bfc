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
}
