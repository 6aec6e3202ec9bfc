using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Rollouts;
using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>Reads a deployment, the image that is wanted of it, and its newest rollout: what agents that wait ask for again and again.</summary>
public sealed class DeploymentReader
{
    // One statement, so that the status and the rollout's outcome are of the same moment. Not static: a compiled query is for one model.
    private readonly Func<NexusDbContext, Guid, Guid, CancellationToken, Task<DeploymentNow?>> _read = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid organization, Guid id, CancellationToken cancellationToken) => (
            from deployment in db.Deployments.AsNoTracking()
            where deployment.OrganizationId == organization && deployment.Id == id
            join revision in db.Revisions
                on new { deployment.Id, Number = deployment.TargetRevision }
                equals new { Id = revision.DeploymentId, revision.Number }
            join rollout in db.Rollouts on deployment.Id equals rollout.DeploymentId into rollouts
            from rollout in rollouts.DefaultIfEmpty()
            orderby rollout.Generation descending
            select new DeploymentNow(deployment, revision.Image, rollout))
            .FirstOrDefault());

    /// <exception cref="NexusException"><c>DEPLOYMENT_NOT_FOUND</c>: there is none that the actor sees.</exception>
    internal async Task<DeploymentNow> ReadAsync(NexusDbContext db, Actor actor, string idOrName, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(idOrName, out var id)) id = (await db.Deployments.AsNoTracking().GetAsync(actor, idOrName, cancellationToken)).Id;
        var read = await _read(db, actor.OrganizationId, id, cancellationToken);
        return read is not null && actor.Sees(read.Deployment) ? read : throw DeploymentErrors.NotFound(idOrName);
    }

    internal sealed record DeploymentNow(Deployment Deployment, string Image, Rollout? Rollout);
}
