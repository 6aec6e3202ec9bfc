using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Routing;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>Loads what the database says of one deployment, in one statement: all of it is of the same moment.</summary>
internal sealed class DeploymentStates(IDbContextFactory<NexusDbContext> database)
{
    public async Task<DeploymentState> LoadAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var read = await (
            from deployment in db.Deployments.AsNoTracking()
            where deployment.Id == deploymentId
            join target in db.Revisions
                on new { deployment.Id, Number = deployment.TargetRevision }
                equals new { Id = target.DeploymentId, target.Number }
            join active in db.Revisions
                on new { deployment.Id, Number = deployment.ActiveRevision }
                equals new { Id = active.DeploymentId, Number = (int?)active.Number } into actives
            from active in actives.DefaultIfEmpty()
            join rollout in db.Rollouts
                on new { deployment.Id, deployment.Generation }
                equals new { Id = rollout.DeploymentId, rollout.Generation } into rollouts
            from rollout in rollouts.DefaultIfEmpty()
            join route in db.Routes on deployment.Id equals route.DeploymentId into routes
            from route in routes.DefaultIfEmpty()
            select new
            {
                Deployment = deployment,
                Target = target,
                Active = (Revision?)active,
                Rollout = (Rollout?)rollout,
                Route = (Route?)route,
            })
            .FirstAsync(cancellationToken);
        return new(read.Deployment, read.Target, read.Active, read.Rollout, read.Route);
    }
}
