using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Storage;

namespace Nexus.Auth.Storage;

/// <summary>For <c>dotnet ef migrations add</c> on SQLite; no database is opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAuthDbContext>
{
    public SqliteAuthDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        builder.UseNexusDatabase(new DatabaseOptions { DataDirectory = "." }, AuthDbContext.MigrationsHistoryTable);
        builder.UseApplicationServiceProvider(DesignTimeServices.Instance);
        return new(builder.Options);
    }
}

/// <summary>For <c>dotnet ef migrations add</c> on PostgreSQL; no database is opened.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlAuthDbContext>
{
    public PostgreSqlAuthDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgreSqlAuthDbContext>();
        var options = new DatabaseOptions { DataDirectory = ".", ConnectionString = "Host=localhost" };
        builder.UseNexusDatabase(options, AuthDbContext.MigrationsHistoryTable);
        builder.UseApplicationServiceProvider(DesignTimeServices.Instance);
        return new(builder.Options);
    }
}

file static class DesignTimeServices
{
    public static readonly IServiceProvider Instance = new ServiceCollection().AddIdentitySchema().BuildServiceProvider();
}
