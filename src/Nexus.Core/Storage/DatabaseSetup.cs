using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>Points a context at the configured database. The core's context and the authorization server's use it alike.</summary>
public static class DatabaseSetup
{
    /// <summary>SQLite in the data folder, or PostgreSQL; each context keeps its own history of migrations.</summary>
    public static void UseNexusDatabase(
        this DbContextOptionsBuilder builder, DatabaseOptions options, string migrationsHistoryTable)
    {
        if (options.ConnectionString is { } connectionString)
            builder.UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(migrationsHistoryTable));
        else
            builder
                .UseSqlite(SqliteConnectionString(options), sqlite => sqlite.MigrationsHistoryTable(migrationsHistoryTable))
                .AddInterceptors(SqlitePragmas.Instance);
    }

    private static string SqliteConnectionString(DatabaseOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.SqliteFile,
        ForeignKeys = true,
        Pooling = true,
    }.ToString();
}
