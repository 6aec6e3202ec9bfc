using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;

namespace Nexus.Core.Deployments;

/// <summary>The one place that narrows deployments to those an actor may see. What it leaves out does not exist for the actor.</summary>
internal static class DeploymentVisibility
{
    public static IQueryable<Deployment> VisibleTo(this IQueryable<Deployment> deployments, Actor actor)
    {
        var own = deployments.Where(deployment => deployment.OrganizationId == actor.OrganizationId);
        return AccessPolicy.SeesAllProjects(actor.Role)
            ? own
            : own.Where(deployment => actor.AssignedProjects.Contains(deployment.ProjectId));
    }

    /// <summary>The same of one that was read already.</summary>
    public static bool Sees(this Actor actor, Deployment deployment) =>
        deployment.OrganizationId == actor.OrganizationId
        && (AccessPolicy.SeesAllProjects(actor.Role) || actor.AssignedProjects.Contains(deployment.ProjectId));

    /// <summary>By id, deleted ones too; by name, those that live.</summary>
    public static async Task<Deployment> GetAsync(
        this IQueryable<Deployment> deployments, Actor actor, string idOrName, CancellationToken cancellationToken) =>
        await deployments.FindAsync(actor, idOrName, cancellationToken) ?? throw DeploymentErrors.NotFound(idOrName);

    /// <summary>As <see cref="GetAsync"/>, and null where there is none.</summary>
    public static Task<Deployment?> FindAsync(
        this IQueryable<Deployment> deployments, Actor actor, string idOrName, CancellationToken cancellationToken)
    {
        var visible = deployments.VisibleTo(actor);
        return Guid.TryParse(idOrName, out var id)
            ? visible.FirstOrDefaultAsync(deployment => deployment.Id == id, cancellationToken)
            : visible.FirstOrDefaultAsync(
                deployment => deployment.Name == idOrName && deployment.DeletedAt == null, cancellationToken);
    }

    /// <summary>A deployment that lives and that the actor may change, and the revision that is wanted of it.</summary>
    public static Task<(Deployment Deployment, Revision Revision)> GetForChangeAsync(
        this CommandContext context, string idOrName, CommandOptions options, CancellationToken cancellationToken) =>
        context.GetForMoveAsync(idOrName, WantedState.Running, options, cancellationToken);

    /// <summary>The same, and a deleted one too where it is wanted deleted.</summary>
    public static async Task<(Deployment Deployment, Revision Revision)> GetForMoveAsync(
        this CommandContext context, string idOrName, WantedState wanted, CommandOptions options, CancellationToken cancellationToken)
    {
        var deployment = await context.Db.Deployments.GetAsync(context.Actor, idOrName, cancellationToken);
        (context.Target, context.ProjectId) = (deployment.Id.ToString(), deployment.ProjectId);
        DeploymentMoves.Check(deployment, wanted, options);
        DeploymentPlacement.CheckAllowed(deployment, context.Actor);
        var revision = await context.Db.Revisions.FindAsync([deployment.Id, deployment.TargetRevision], cancellationToken);
        return (deployment, revision!);
    }
}
