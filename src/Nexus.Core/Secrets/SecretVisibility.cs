using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;

namespace Nexus.Core.Secrets;

/// <summary>The one place that narrows secrets to those an actor may see. What it leaves out does not exist for the actor.</summary>
internal static class SecretVisibility
{
    public static IQueryable<Secret> VisibleTo(this IQueryable<Secret> secrets, Actor actor)
    {
        var own = secrets.Where(secret => secret.OrganizationId == actor.OrganizationId);
        return AccessPolicy.SeesAllProjects(actor.Role)
            ? own
            : own.Where(secret => secret.ProjectId == null || actor.AssignedProjects.Contains(secret.ProjectId.Value));
    }

    public static async Task<Secret> GetAsync(
        this IQueryable<Secret> secrets, Actor actor, Guid id, CancellationToken cancellationToken) =>
        await secrets.VisibleTo(actor).FirstOrDefaultAsync(secret => secret.Id == id, cancellationToken)
            ?? throw SecretErrors.NotFound();
}
