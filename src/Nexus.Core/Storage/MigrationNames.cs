using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>
/// Which migrations a model has: the build writes down their files' names. EF Core looks for their classes instead, for which it
/// loads every type of the assembly: with the look for the entities' configurations a tenth of all that a start loaded.
/// </summary>
public static class MigrationNames
{
    /// <summary>Whether the database lacks one; to be asked at every start and of every health check.</summary>
    public static async Task<bool> LacksMigrationsAsync(this DbContext db, CancellationToken cancellationToken) =>
        db.KnownMigrations().Except(await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();

    internal static IEnumerable<string> KnownMigrations(this DbContext db)
    {
        var folder = $"Storage/Migrations/{(db.Database.IsSqlite() ? "Sqlite" : "PostgreSql")}/";
        return db.GetType().Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => file.Value!);
    }
}
