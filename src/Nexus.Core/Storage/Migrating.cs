using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>Lets one node at a time bring tables up to date, the core's and the authorization server's alike.</summary>
public static class Migrating
{
    // Any number that nobody else takes: "nexus" in ASCII.
    private const long LockKey = 0x6E65787573;

    /// <summary>
    /// On SQLite, EF Core's own lock holds for all migrations. On PostgreSQL it holds for one, and a node that waited would then
    /// run the others a second time: there the connection takes an advisory lock, which ends with it at the latest.
    /// </summary>
    public static async Task MigrateAloneAsync(this DbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql())
        {
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockKey})", cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockKey})", cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
