using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Routing;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Ingress.Tests.Support;

/// <summary>A migrated database with one project, and routes written into it as the reconciler does.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly Project _project;

    private TestDatabase(string? connectionString)
    {
        Options = new DatabaseOptions { DataDirectory = _folder.Path, ConnectionString = connectionString };
        _services = new ServiceCollection().AddNexusStorage(Options).BuildServiceProvider();
        Contexts = _services.GetRequiredService<IDbContextFactory<NexusDbContext>>();
        _project = Project.Default(Guid.CreateVersion7(), DateTimeOffset.UtcNow);
    }

    public DatabaseOptions Options { get; }

    public IDbContextFactory<NexusDbContext> Contexts { get; }

    /// <param name="connectionString">An empty PostgreSQL database; null for SQLite.</param>
    public static async Task<TestDatabase> CreateAsync(string? connectionString = null)
    {
        var database = new TestDatabase(connectionString);
        await using var db = await database.Contexts.CreateDbContextAsync();
        await db.Database.MigrateAsync();
        var organization = new Organization
        {
            Id = database._project.OrganizationId,
            Name = "Acme",
            CreatedAt = DateTimeOffset.UtcNow,
        };
        db.AddRange(organization, database._project);
        await db.SaveChangesAsync();
        return database;
    }

    public async Task<Guid> AddDeploymentAsync(string name)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var deployment = new Deployment
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = _project.OrganizationId,
            ProjectId = _project.Id,
            Name = name,
            HostLabel = name,
            Environment = DeploymentEnvironment.Development,
            Provider = "docker",
            Wanted = WantedState.Running,
            WantedReplicas = 1,
            TargetRevision = 1,
            Generation = 1,
            Status = DeploymentStatus.Running,
            CreatedAt = DateTimeOffset.UtcNow,
            UpdatedAt = DateTimeOffset.UtcNow,
        };
        db.Add(deployment);
        await db.SaveChangesAsync();
        return deployment.Id;
    }

    /// <summary>Returns the change's version.</summary>
    public async Task<long> SetRouteAsync(Guid deploymentId, string label, RouteState state, params IReadOnlyList<RouteTarget> targets)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var version = (await db.Routes.MaxAsync(route => (long?)route.Version) ?? 0) + 1;
        var route = await db.Routes.FindAsync(deploymentId);
        if (route is null)
            db.Add(new Route
            {
                DeploymentId = deploymentId,
                HostLabel = label,
                State = state,
                Targets = targets,
                ChangedAt = DateTimeOffset.UtcNow,
                Version = version,
            });
        else
            (route.State, route.Targets, route.Version) = (state, targets, version);
        await db.SaveChangesAsync();
        return version;
    }

    /// <summary>Gives the route these custom domains; returns the change's version.</summary>
    public async Task<long> SetDomainsAsync(Guid deploymentId, params IReadOnlyList<string> domains)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var route = (await db.Routes.FindAsync(deploymentId))!;
        (route.Domains, route.Version) = (domains, await db.Routes.MaxAsync(one => one.Version) + 1);
        await db.SaveChangesAsync();
        return route.Version;
    }

    public async Task FreeNameAsync(Guid deploymentId)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        await db.Deployments.Where(deployment => deployment.Id == deploymentId)
            .ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.DeletedAt, DateTimeOffset.UtcNow));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
