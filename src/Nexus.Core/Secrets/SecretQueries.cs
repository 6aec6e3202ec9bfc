using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Projects;
using Nexus.Core.Storage;

namespace Nexus.Core.Secrets;

/// <summary>Lists secrets, never a value.</summary>
public sealed class SecretQueries(IDbContextFactory<NexusDbContext> database)
{
    /// <summary>The secrets that the actor sees, newest first.</summary>
    public async Task<Page<SecretSummary>> ListAsync(
        Actor actor, SecretFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListSecrets);
        var (limit, after) = (page.CheckedLimit, page.CheckedCursor);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (filter.ProjectId is { } project) await db.Projects.RequireAsync(actor, project, cancellationToken);
        var secrets = filter.Apply(db.Secrets.AsNoTracking().VisibleTo(actor));
        if (after is { } cursor) secrets = secrets.Where(secret => secret.Id.CompareTo(cursor) < 0);
        var found = await secrets.OrderByDescending(secret => secret.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return page.Cut([.. found.Select(SecretSummary.Of)], summary => summary.Id);
    }
}
