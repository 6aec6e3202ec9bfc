using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;

namespace Nexus.Core.Projects;

/// <summary>Who works in which project. It counts for the roles that see only their own; for the others it waits for another role.</summary>
internal static class Assignments
{
    /// <summary>The projects that somebody new is assigned to: those that were named, or without a word the default one.</summary>
    public static async Task<IReadOnlyList<Guid>> ChooseAsync(
        CommandContext context, IReadOnlyList<Guid>? wanted, CancellationToken cancellationToken)
    {
        var projects = context.Db.Projects;
        if (wanted is null)
            return await projects.FindDefaultAsync(context.Actor, cancellationToken) is { } project ? [project.Id] : [];
        Guid[] chosen = [.. wanted.Distinct()];
        var known = await projects.VisibleTo(context.Actor).CountAsync(project => chosen.Contains(project.Id), cancellationToken);
        return known == chosen.Length ? chosen : throw ProjectErrors.NotFound();
    }

    /// <summary>Assigns to those of the projects that are still there.</summary>
    public static async Task AddAsync(
        CommandContext context, Guid userId, IReadOnlyList<Guid> projects, CancellationToken cancellationToken)
    {
        var organization = context.Actor.OrganizationId;
        var there = await context.Db.Projects
            .Where(project => project.OrganizationId == organization && projects.Contains(project.Id))
            .Select(project => project.Id).ToListAsync(cancellationToken);
        context.Db.AddRange(there.Select(project => new ProjectMember { ProjectId = project, UserId = userId }));
    }
}
