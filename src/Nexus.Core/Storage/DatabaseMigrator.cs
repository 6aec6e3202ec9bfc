using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>Brings the core's tables up to date. Several nodes may start at once.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<NexusDbContext> database)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.MigrateAloneAsync(cancellationToken);
    }

    /// <summary>For commands that work beside servers and must make nothing themselves.</summary>
    /// <exception cref="NexusException"><c>NOT_SET_UP</c>: no server of this version has started on the database yet.</exception>
    public async Task RequireUpToDateAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.LacksMigrationsAsync(cancellationToken)) throw StorageErrors.NotSetUp();
    }
}
