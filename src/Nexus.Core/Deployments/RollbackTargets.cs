using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Providers;

namespace Nexus.Core.Deployments;

/// <summary>Finds the revision that a rollback goes back to, and makes sure that its image can still be had.</summary>
internal sealed class RollbackTargets(ProviderCatalog providers)
{
    public async Task<RollbackTarget> FindAsync(
        Deployment deployment, Revision current, int? number, CommandContext context, CancellationToken cancellationToken)
    {
        var revisions = context.Db.Revisions.Where(revision => revision.DeploymentId == deployment.Id);
        var target = number is { } given
            ? await revisions.FirstOrDefaultAsync(revision => revision.Number == given, cancellationToken)
                ?? throw DeploymentErrors.RevisionNotFound(
                    given, await revisions.MaxAsync(revision => revision.Number, cancellationToken))
            : await PreviousAsync(revisions, current, cancellationToken) ?? throw DeploymentErrors.NoEarlierRevision();
        if (target.ResolvedImage is not { } image) throw DeploymentErrors.RevisionIncomplete(target.Number);

        var present = await IsPresentAsync(deployment, image, cancellationToken);
        // A digest can be had of its registry again; an id only of the engine.
        if (!present && !image.Contains('@')) throw DeploymentErrors.ImageGone(target.Number);
        return new(target, present);
    }

    /// <summary>The last one that ran healthy before this one's content was made: going back twice goes back further.</summary>
    private static Task<Revision?> PreviousAsync(
        IQueryable<Revision> revisions, Revision current, CancellationToken cancellationToken)
    {
        var origin = current.Origin;
        return revisions
            .Where(revision => revision.Number < origin && revision.ServedAt != null)
            .OrderByDescending(revision => revision.Number)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> IsPresentAsync(Deployment deployment, string image, CancellationToken cancellationToken)
    {
        var provider = await providers.RequireAvailableAsync(deployment.Provider, cancellationToken);
        try
        {
            return (await provider.FindImageNamesAsync(image, cancellationToken)).Count > 0;
        }
        catch (ProviderException failure)
        {
            throw failure.ToRefusal();
        }
    }
}

/// <summary>The revision to go back to, and whether its image is on the engine or has to be fetched again.</summary>
internal sealed record RollbackTarget(Revision Revision, bool HasImage);
