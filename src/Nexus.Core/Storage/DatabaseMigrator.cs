using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>Brings the core's tables up to date. Several nodes may start at once: EF Core lets one migrate at a time.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<NexusDbContext> database)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
