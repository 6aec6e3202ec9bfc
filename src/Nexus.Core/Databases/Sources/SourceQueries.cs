using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Storage;

namespace Nexus.Core.Databases.Sources;

/// <summary>Reads what is registered, never a password.</summary>
public sealed class SourceQueries(IDbContextFactory<NexusDbContext> database)
{
    /// <summary>The organisation's sources, newest first.</summary>
    public async Task<Page<SourceSummary>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListDatabaseSources);
        var (limit, after) = (page.CheckedLimit, page.CheckedCursor);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var sources = db.DatabaseSources.AsNoTracking().VisibleTo(actor);
        if (after is { } cursor) sources = sources.Where(source => source.Id.CompareTo(cursor) < 0);
        var found = await sources.OrderByDescending(source => source.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return page.Cut([.. found.Select(SourceSummary.Of)], summary => summary.Id);
    }

    /// <summary>The source itself, for the engine's own use.</summary>
    internal async Task<DatabaseSource> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.DatabaseSources.AsNoTracking().GetAsync(actor, id, cancellationToken);
    }
}
