using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;

namespace Nexus.Core.Databases.Sources;

/// <summary>The one place that narrows sources to those an actor may see: those of the organisation. Others do not exist.</summary>
internal static class SourceVisibility
{
    public static IQueryable<DatabaseSource> VisibleTo(this IQueryable<DatabaseSource> sources, Actor actor) =>
        sources.Where(source => source.OrganizationId == actor.OrganizationId);

    public static async Task<DatabaseSource> GetAsync(
        this IQueryable<DatabaseSource> sources, Actor actor, Guid id, CancellationToken cancellationToken) =>
        await sources.VisibleTo(actor).FirstOrDefaultAsync(source => source.Id == id, cancellationToken)
            ?? throw SourceErrors.NotFound();
}
