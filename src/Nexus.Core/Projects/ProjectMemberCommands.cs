using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;

namespace Nexus.Core.Projects;

/// <summary>Assigns people and service accounts to projects. What they see is looked up at each call, so a change counts at once.</summary>
public sealed class ProjectMemberCommands(CommandDoor door)
{
    /// <summary>Somebody who is assigned already stays so.</summary>
    public Task<Assignment> AssignAsync(
        Actor actor, Guid projectId, Guid userId, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.AssignToProject, new { projectId, userId }, options), async (context, token) =>
        {
            var (assignment, there) = await FindAsync(context, projectId, userId, token);
            if (there is null) context.Db.Add(new ProjectMember { ProjectId = projectId, UserId = userId });
            return assignment;
        }, cancellationToken);

    /// <summary>Somebody who isn't assigned stays so.</summary>
    public Task<Assignment> TakeAsync(
        Actor actor, Guid projectId, Guid userId, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.TakeFromProject, new { projectId, userId }, options), async (context, token) =>
        {
            var (assignment, there) = await FindAsync(context, projectId, userId, token);
            if (there is not null) context.Db.Remove(there);
            return assignment;
        }, cancellationToken);

    private static async Task<(Assignment, ProjectMember?)> FindAsync(
        CommandContext context, Guid projectId, Guid userId, CancellationToken cancellationToken)
    {
        context.Target = projectId.ToString();
        // A person who is removed meanwhile must not be left assigned: they might come back.
        await MemberRules.LockAsync(context, cancellationToken);
        var project = await context.Db.Projects.GetAsync(context.Actor, projectId, cancellationToken);
        var member = await context.Db.Members.FindAsync([context.Actor.OrganizationId, userId], cancellationToken)
            ?? throw PeopleErrors.NoSuchMember();
        return (new(project.Id, project.Name, userId, member.Name), await context.Db.ProjectMembers.FindAsync([projectId, userId], cancellationToken));
    }
}

/// <summary>A person's or program's place in a project.</summary>
public sealed record Assignment(Guid ProjectId, string Project, Guid UserId, string Name);
