using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;

namespace Nexus.Core.Storage;

#pragma warning disable EF1001 // See PlainSqliteConnection.

/// <summary>Points a context at the configured database. The core's context and the authorization server's use it alike.</summary>
public static class DatabaseSetup
{
    /// <summary>SQLite in the data folder, or PostgreSQL; each context keeps its own history of migrations.</summary>
    public static void UseNexusDatabase(
        this DbContextOptionsBuilder builder, DatabaseOptions options, string migrationsHistoryTable)
    {
        if (options.ConnectionString is { } connectionString)
            UsePostgreSql(builder, connectionString, migrationsHistoryTable);
        else
            builder
                .UseSqlite(SqliteConnectionString(options), sqlite => sqlite.MigrationsHistoryTable(migrationsHistoryTable))
                .ReplaceService<ISqliteRelationalConnection, PlainSqliteConnection>()
                .AddInterceptors(SqlitePragmas.Instance);
    }

    // By itself, so that Npgsql isn't loaded where the database is SQLite.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UsePostgreSql(DbContextOptionsBuilder builder, string connectionString, string migrationsHistoryTable) =>
        builder.UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(migrationsHistoryTable));

    private static string SqliteConnectionString(DatabaseOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.SqliteFile,
        ForeignKeys = true,
        Pooling = true,
    }.ToString();
}
