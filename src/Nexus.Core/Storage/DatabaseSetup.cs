using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Nexus.Core.Storage.Sqlite;
using Npgsql;

namespace Nexus.Core.Storage;

#pragma warning disable EF1001 // See PlainSqliteConnection.

/// <summary>Points a context at the configured database. The core's context and the authorization server's use it alike.</summary>
public static class DatabaseSetup
{
    /// <summary>As many statements as PostgreSQL keeps prepared for a connection, each from its fifth use on.</summary>
    private const int MostPrepared = 64;

    /// <summary>SQLite in the data folder, or PostgreSQL; each context keeps its own history of migrations.</summary>
    public static void UseNexusDatabase(
        this DbContextOptionsBuilder builder, DatabaseOptions options, string migrationsHistoryTable)
    {
        if (options.ConnectionString is { } connectionString)
            UsePostgreSql(builder, connectionString, migrationsHistoryTable);
        else
            builder
                .UseSqlite(SqliteConnectionString(options), sqlite => sqlite.MigrationsHistoryTable(migrationsHistoryTable))
                .ReplaceService<ISqliteRelationalConnection, PlainSqliteConnection>();
    }

    // By itself, so that Npgsql isn't loaded where the database is SQLite.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UsePostgreSql(DbContextOptionsBuilder builder, string connectionString, string migrationsHistoryTable) =>
        builder.UseNpgsql(WithPreparing(connectionString), npgsql => npgsql.MigrationsHistoryTable(migrationsHistoryTable));

    /// <summary>Without the driver's pool, since <see cref="SqliteConnections"/> keeps them open.</summary>
    internal static string SqliteConnectionString(DatabaseOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.SqliteFile,
        ForeignKeys = true,
        Pooling = false,
    }.ToString();

    /// <summary>Unless the operator says otherwise, who may have a pooler before the database that can't keep prepared statements.</summary>
    private static string WithPreparing(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = MostPrepared;
        return settings.ConnectionString;
    }
}
