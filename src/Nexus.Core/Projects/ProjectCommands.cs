using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;

namespace Nexus.Core.Projects;

/// <summary>What can be done to projects.</summary>
public sealed class ProjectCommands(CommandDoor door)
{
    public const int LongestName = 100;

    private const int Most = 200;

    /// <summary>Makes a project. Whoever sees only their own is assigned to it.</summary>
    public Task<ProjectView> CreateAsync(Actor actor, string name, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.CreateProject, new { name }, options), async (context, token) =>
        {
            var known = await CheckNameAsync(context, name, token);
            if (await Own(context).CountAsync(token) >= Most) throw ProjectErrors.TooMany(Most);
            var project = new Project
            {
                Id = Guid.CreateVersion7(context.Now),
                OrganizationId = actor.OrganizationId,
                Name = known,
                CreatedAt = context.Now,
            };
            context.Db.Add(project);
            if (!AccessPolicy.SeesAllProjects(actor.Role))
                context.Db.Add(new ProjectMember { ProjectId = project.Id, UserId = actor.UserId });
            context.Target = project.Id.ToString();
            return ProjectView.Of(project);
        }, cancellationToken);

    public Task<ProjectView> RenameAsync(Actor actor, Guid id, string name, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.RenameProject, new { projectId = id, name }, options), async (context, token) =>
        {
            var project = await TakeAsync(context, id, token);
            if (project.Name != name.Trim()) project.Name = await CheckNameAsync(context, name, token);
            return ProjectView.Of(project);
        }, cancellationToken);

    /// <summary>Deletes a project that nothing was ever deployed to; the history of the others needs it.</summary>
    public Task<ProjectView> DeleteAsync(Actor actor, Guid id, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.DeleteProject, new { projectId = id }, options), async (context, token) =>
        {
            var project = await TakeAsync(context, id, token);
            await CheckUnusedAsync(context, project, token);
            await context.Db.ProjectMembers.Where(assignment => assignment.ProjectId == id).ExecuteDeleteAsync(token);
            context.Db.Remove(project);
            return ProjectView.Of(project);
        }, cancellationToken);

    private static async Task<Project> TakeAsync(CommandContext context, Guid id, CancellationToken cancellationToken)
    {
        context.Target = id.ToString();
        return await context.Db.Projects.GetAsync(context.Actor, id, cancellationToken);
    }

    private static async Task CheckUnusedAsync(CommandContext context, Project project, CancellationToken cancellationToken)
    {
        var db = context.Db;
        if (await db.Deployments.AnyAsync(deployment => deployment.ProjectId == project.Id, cancellationToken)
            || await db.Secrets.AnyAsync(secret => secret.ProjectId == project.Id, cancellationToken))
            throw ProjectErrors.InUse(project.Name);
        if (!await Own(context).AnyAsync(other => other.Id != project.Id, cancellationToken)) throw ProjectErrors.Last();
    }

    private static async Task<string> CheckNameAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > LongestName || trimmed.Any(char.IsControl)) throw ProjectErrors.BadName();
        return await Own(context).AnyAsync(project => project.Name == trimmed, cancellationToken)
            ? throw ProjectErrors.Exists(trimmed)
            : trimmed;
    }

    private static IQueryable<Project> Own(CommandContext context) =>
        context.Db.Projects.Where(project => project.OrganizationId == context.Actor.OrganizationId);
}

/// <summary>A project, as a command leaves it.</summary>
public sealed record ProjectView(Guid Id, string Name)
{
    internal static ProjectView Of(Project project) => new(project.Id, project.Name);
}
