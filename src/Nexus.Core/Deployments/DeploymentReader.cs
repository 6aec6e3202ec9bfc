using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Rollouts;
using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>
/// Reads a deployment, the image that is wanted of it, and its newest rollout: what agents that wait ask for again and again, together
/// for those that ask at the same time.
/// </summary>
public sealed class DeploymentReader
{
    private readonly IDbContextFactory<NexusDbContext> _database;
    private readonly SharedLookups<(Guid Organization, Guid Id), DeploymentNow?> _lookups;

    // One statement, so that the status and the rollout's outcome are of the same moment. Not static: a compiled query is for one model.
    private readonly Func<NexusDbContext, Guid, Guid, Task<DeploymentNow?>> _read = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid organization, Guid id) => (
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

    public DeploymentReader(IDbContextFactory<NexusDbContext> database)
    {
        _database = database;
        _lookups = new(key => ReadAsync(key.Organization, key.Id));
    }

    /// <exception cref="NexusException"><c>DEPLOYMENT_NOT_FOUND</c>: there is none that the actor sees.</exception>
    internal async Task<DeploymentNow> ReadAsync(Actor actor, string idOrName, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(idOrName, out var id)) id = await IdOfAsync(actor, idOrName, cancellationToken);
        var read = await _lookups.AskAsync((actor.OrganizationId, id));
        cancellationToken.ThrowIfCancellationRequested();
        return read is not null && actor.Sees(read.Deployment) ? read : throw DeploymentErrors.NotFound(idOrName);
    }

    private async Task<Guid> IdOfAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return (await db.Deployments.AsNoTracking().GetAsync(actor, name, cancellationToken)).Id;
    }

    private async Task<DeploymentNow?> ReadAsync(Guid organization, Guid id)
    {
        await using var db = await _database.CreateDbContextAsync();
        return await _read(db, organization, id);
    }

    internal sealed record DeploymentNow(Deployment Deployment, string Image, Rollout? Rollout);
}
