using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>Loads what the database says of one deployment.</summary>
internal sealed class DeploymentStates(IDbContextFactory<NexusDbContext> database)
{
    public async Task<DeploymentState> LoadAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking()
            .FirstAsync(deployment => deployment.Id == deploymentId, cancellationToken);
        var revisions = await db.Revisions.AsNoTracking()
            .Where(revision => revision.DeploymentId == deploymentId
                && (revision.Number == deployment.TargetRevision || revision.Number == deployment.ActiveRevision))
            .ToDictionaryAsync(revision => revision.Number, cancellationToken);
        var rollout = await db.Rollouts.AsNoTracking().FirstOrDefaultAsync(
            rollout => rollout.DeploymentId == deploymentId && rollout.Generation == deployment.Generation, cancellationToken);
        var route = await db.Routes.AsNoTracking()
            .FirstOrDefaultAsync(route => route.DeploymentId == deploymentId, cancellationToken);
        return new(
            deployment,
            revisions[deployment.TargetRevision],
            deployment.ActiveRevision is { } active ? revisions[active] : null,
            rollout,
            route);
    }
}
