using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Nexus.Core.Access;
using Nexus.Core.Builds;
using Nexus.Core.Databases;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Networking;
using Nexus.Core.Organizations;
using Nexus.Core.Plans;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Storage;
using Nexus.Core.Uploads;
using Nexus.Testing;

namespace Nexus.Core.Tests.Hosting;

/// <summary>The core as the server composes it, on a database of its own, without the surfaces.</summary>
internal sealed class CoreHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;

    private CoreHost(TemporaryFolder folder, ServiceProvider services) => (_folder, _services) = (folder, services);

    public Actor Owner { get; private set; } = null!;

    public string DataDirectory => _folder.Path;

    public DeploymentCommands Commands => Get<DeploymentCommands>();

    public RevisionCommands Revisions => Get<RevisionCommands>();

    public DeploymentQueries Queries => Get<DeploymentQueries>();

    public DeploymentLogs Logs => Get<DeploymentLogs>();

    /// <summary>What was asked of the database.</summary>
    public StatementLog Statements => Get<StatementLog>();

    public BuildLogs BuildLogs => Get<BuildLogs>();

    public IDbContextFactory<NexusDbContext> Database => Get<IDbContextFactory<NexusDbContext>>();

    /// <param name="dockerHost">The engine to deploy to; a socket that nobody listens at for tests that only record.</param>
    public static async Task<CoreHost> StartAsync(
        DatabaseOptions? database = null, string dockerHost = "unix:///nonexistent/docker.sock", bool worker = false,
        ImageOptions? images = null, TimeSpan? healthTimeout = null, DockerBuilderKind builder = DockerBuilderKind.Auto,
        BuildOptions? builds = null, DomainOptions? domains = null, string appsDomain = "localhost",
        ExternalDatabaseOptions? databases = null, PlanOptions? plan = null, TimeProvider? time = null, ILoggerProvider? log = null,
        SourceLimits? sources = null, UploadOptions? uploads = null)
    {
        var folder = new TemporaryFolder();
        var services = new ServiceCollection()
            .AddLogging(logging => AddLogs(logging, log))
            .AddMetrics()
            .AddNexusStorage(database ?? new() { DataDirectory = folder.Path })
            .AddNexusCore(new("http://localhost:8080", "http://localhost:8080", "http://localhost:8080", appsDomain), images ?? new ImageOptions(), plan: plan)
            .AddSingleton(time ?? TimeProvider.System)
            .AddNexusVault(new(new VaultKey(new byte[32])))
            .AddNexusNetworking(new() { AllowedHosts = [GitHost.Name] })
            .AddNexusDomains(domains ?? new DomainOptions())
            .AddNexusDatabases(databases ?? new() { AllowedHosts = ["127.0.0.1"] })
            .AddDockerProvider(new() { Host = dockerHost, Builder = builder })
            .AddSingleton<IIngressView, IngressStandIn>()
            .AddSingleton(new StatementLog())
            .ConfigureDbContext<SqliteNexusDbContext>(StatementLog.Attach)
            .ConfigureDbContext<PostgreSqlNexusDbContext>(StatementLog.Attach)
            .AddNexusUploads(folder.Path, sources ?? new SourceLimits(), uploads ?? new UploadOptions())
            .AddNexusBuilds(folder.Path, sources ?? new SourceLimits(), builds ?? new BuildOptions())
            .AddNexusWorker(new RolloutOptions { HealthTimeout = healthTimeout ?? TimeSpan.FromSeconds(6) });
        var host = new CoreHost(folder, services.BuildServiceProvider());
        await host.Get<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        host.Owner = await host.FoundAsync();
        if (worker) await host.StartWorkerAsync();
        return host;
    }

    /// <summary>A new, empty database of the kind.</summary>
    public static async Task<DatabaseOptions?> NewDatabaseAsync(DatabaseKind kind, Shared<PostgresServer> postgres) =>
        kind == DatabaseKind.Sqlite
            ? null
            : new() { DataDirectory = "unused", ConnectionString = await (await postgres.GetAsync()).CreateDatabaseAsync() };

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A member of another organisation, who must see nothing of the first.</summary>
    public async Task<Actor> StrangerAsync()
    {
        await using var db = await Database.CreateDbContextAsync();
        var organization = new Organization { Id = Guid.CreateVersion7(), Name = "Other", CreatedAt = DateTimeOffset.UnixEpoch };
        db.Add(organization);
        await db.SaveChangesAsync();
        return Owner with { UserId = Guid.CreateVersion7(), OrganizationId = organization.Id };
    }

    /// <summary>The status once nothing is on its way any more.</summary>
    public async Task<DeploymentReport> SettledAsync(string deployment)
    {
        DeploymentReport? report = null;
        await Poll.UntilAsync(
            async () => (report = await Queries.StatusAsync(Owner, deployment, 5, CancellationToken.None)).Settled,
            $"{deployment} to settle",
            TimeSpan.FromSeconds(180),
            () => $"{report}");
        return report!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    public async Task StartWorkerAsync()
    {
        foreach (var service in Get<IEnumerable<IHostedService>>()) await service.StartAsync(CancellationToken.None);
    }

    public async Task StopWorkerAsync()
    {
        foreach (var service in Get<IEnumerable<IHostedService>>()) await service.StopAsync(CancellationToken.None);
    }

    private static void AddLogs(ILoggingBuilder logging, ILoggerProvider? everything)
    {
        logging.AddConsole();
        if (everything is null) logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.None);
        else logging.AddProvider(everything).SetMinimumLevel(LogLevel.Trace).AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Critical);
    }

    private async Task<Actor> FoundAsync()
    {
        var owner = await Get<OrganizationDirectory>().FoundAsync(
            Guid.CreateVersion7(), "ada@example.com", "Ada", "Engines", CancellationToken.None);
        return new()
        {
            UserId = owner.UserId,
            Email = owner.Email,
            Name = owner.Name,
            OrganizationId = owner.OrganizationId,
            OrganizationName = owner.OrganizationName,
            Role = owner.Role,
            Scopes = Scopes.All.ToHashSet(),
            AssignedProjects = new HashSet<Guid>(),
            ClientId = "tests",
            TokenId = "token",
            Surface = "tests",
        };
    }
}
