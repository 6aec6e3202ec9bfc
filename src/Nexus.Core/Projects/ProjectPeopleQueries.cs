using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Organizations;
using Nexus.Core.Storage;

namespace Nexus.Core.Projects;

/// <summary>A project, and who is assigned to it; nobody is shown to those who don't manage that.</summary>
public sealed record ProjectPeople(Guid Id, string Name, int Deployments, IReadOnlyList<ProjectPerson> Members);

/// <summary>Somebody who is assigned to a project.</summary>
public sealed record ProjectPerson(Guid UserId, string Name, Role Role, MemberKind Kind);

/// <summary>Lists projects with their people, for the pages.</summary>
public sealed class ProjectPeopleQueries(IDbContextFactory<NexusDbContext> database)
{
    /// <summary>Every project that the actor sees, by name.</summary>
    public async Task<IReadOnlyList<ProjectPeople>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.BrowseProjects);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var projects = await db.Projects.VisibleTo(actor)
            .OrderBy(project => project.Name)
            .Select(project => new
            {
                project.Id,
                project.Name,
                Deployments = db.Deployments.Count(deployment => deployment.ProjectId == project.Id && deployment.DeletedAt == null),
            })
            .ToListAsync(cancellationToken);
        var assigned = AccessPolicy.Permits(actor, Operation.ListProjectMembers) ? await AssignedAsync(db, actor, cancellationToken) : null;
        return [.. projects.Select(project => new ProjectPeople(
            project.Id, project.Name, project.Deployments, [.. assigned?[project.Id] ?? []]))];
    }

    /// <summary>Everybody who can be assigned, people first.</summary>
    public async Task<IReadOnlyList<ProjectPerson>> ListAssignableAsync(Actor actor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListProjectMembers);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Members
            .Where(member => member.OrganizationId == actor.OrganizationId)
            .OrderBy(member => member.Kind).ThenBy(member => member.Name)
            .Select(member => new ProjectPerson(member.UserId, member.Name, member.Role, member.Kind))
            .ToListAsync(cancellationToken);
    }

    private static async Task<ILookup<Guid, ProjectPerson>> AssignedAsync(
        NexusDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var found = await (
            from assignment in db.ProjectMembers
            join project in db.Projects on assignment.ProjectId equals project.Id
            join member in db.Members on new { project.OrganizationId, assignment.UserId } equals new { member.OrganizationId, member.UserId }
            where project.OrganizationId == actor.OrganizationId
            orderby member.Kind, member.Name
            select new { assignment.ProjectId, Person = new ProjectPerson(member.UserId, member.Name, member.Role, member.Kind) })
            .ToListAsync(cancellationToken);
        return found.ToLookup(one => one.ProjectId, one => one.Person);
    }
}
