using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Storage;

namespace Nexus.Auth.Storage;

/// <summary>Registers the authorization server's context over the same database as the core's.</summary>
internal static class AuthStorage
{
    public static void AddAuthStorage(this IServiceCollection services)
    {
        services.AddIdentitySchema();
        services.AddContext<SqliteAuthDbContext>();
        services.AddContext<PostgreSqlAuthDbContext>();
        services.AddSingleton<IDbContextFactory<AuthDbContext>, ContextFactory>();
        services.AddSingleton<AuthReads>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContext());
    }

    /// <summary>Identity's newest schema, the one with passkeys; its context asks the services which one to model.</summary>
    public static IServiceCollection AddIdentitySchema(this IServiceCollection services) =>
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    private static void AddContext<TContext>(this IServiceCollection services) where TContext : AuthDbContext =>
        services.AddPooledDbContextFactory<TContext>((provider, builder) => builder.UseNexusDatabase(
            provider.GetRequiredService<DatabaseOptions>(), AuthDbContext.MigrationsHistoryTable));

    /// <summary>Makes contexts for the configured database.</summary>
    private sealed class ContextFactory(DatabaseOptions options, IServiceProvider services) : IDbContextFactory<AuthDbContext>
    {
        public AuthDbContext CreateDbContext() => options.IsPostgreSql
            ? services.GetRequiredService<IDbContextFactory<PostgreSqlAuthDbContext>>().CreateDbContext()
            : services.GetRequiredService<IDbContextFactory<SqliteAuthDbContext>>().CreateDbContext();
    }
}
