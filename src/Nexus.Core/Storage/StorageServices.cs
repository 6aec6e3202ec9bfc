using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Core.Storage.Sqlite;

namespace Nexus.Core.Storage;

/// <summary>Registers the core's database.</summary>
public static class StorageServices
{
    public static IServiceCollection AddNexusStorage(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        if (options.IsPostgreSql) AddContext<PostgreSqlNexusDbContext>(services, options);
        else AddContext<SqliteNexusDbContext>(services, options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<WriteCount>();
        return services;
    }

    private static void AddContext<TContext>(IServiceCollection services, DatabaseOptions options)
        where TContext : NexusDbContext
    {
        services.AddPooledDbContextFactory<TContext>(
            builder => builder.UseNexusDatabase(options, NexusDbContext.MigrationsHistoryTable));
        services.AddSingleton<IDbContextFactory<NexusDbContext>, ContextFactory<TContext>>();
    }

    private sealed class ContextFactory<TContext>(IDbContextFactory<TContext> factory) : IDbContextFactory<NexusDbContext>
        where TContext : NexusDbContext
    {
        public NexusDbContext CreateDbContext() => factory.CreateDbContext();

        public async Task<NexusDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await factory.CreateDbContextAsync(cancellationToken);
    }
}
