using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Nexus.Core.Storage;

/// <summary>For <c>dotnet ef migrations add</c> on SQLite; no database is opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNexusDbContext>
{
    public SqliteNexusDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteNexusDbContext>();
        builder.UseNexusDatabase(new DatabaseOptions { DataDirectory = "." }, NexusDbContext.MigrationsHistoryTable);
        return new(builder.Options);
    }
}

/// <summary>For <c>dotnet ef migrations add</c> on PostgreSQL; no database is opened.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlNexusDbContext>
{
    public PostgreSqlNexusDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgreSqlNexusDbContext>();
        var options = new DatabaseOptions { DataDirectory = ".", ConnectionString = "Host=localhost" };
        builder.UseNexusDatabase(options, NexusDbContext.MigrationsHistoryTable);
        return new(builder.Options);
    }
}
