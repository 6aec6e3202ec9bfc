using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>
/// Brings a model's tables up to date, one node after the other. EF Core's own lock does that for SQLite; on PostgreSQL it lets go
/// between two migrations, and a node that waited would then do again what it thought to be missing.
/// </summary>
public static class Migrating
{
    // Any number will do, as long as every node takes the same.
    private const long Lock = 0x6e65_7875_7301;

    public static async Task MigrateAloneAsync(this DbContext db, CancellationToken cancellationToken)
    {
        // The usual start. EF Core would find it too, but only after it has compared the whole model with the newest migration's.
        if (!await db.LacksMigrationsAsync(cancellationToken)) return;
        if (!db.Database.IsNpgsql())
        {
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }
}
