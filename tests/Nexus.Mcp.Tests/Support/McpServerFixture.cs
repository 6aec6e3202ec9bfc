using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Databases;
using Nexus.Core.Domains;
using Nexus.Core.Networking;
using Nexus.Core.Organizations;
using Nexus.Core.Plans;
using Nexus.Core.Projects;
using Nexus.Core.Providers;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Storage;
using Nexus.Core.Uploads;
using Nexus.Testing;

namespace Nexus.Mcp.Tests.Support;

/// <summary>The endpoint in Kestrel on a random loopback port, over a real SQLite database with one organisation and its owner.</summary>
public sealed class McpServerFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("nexus-mcp-").FullName;
    private WebApplication? _app;

    public KnownTokens Tokens { get; } = new();

    public PaperProvider Provider { get; } = new();

    public CapturedLog Log { get; } = new();

    /// <summary>Other places for deployments, beside <see cref="Provider"/>.</summary>
    public IReadOnlyList<IDeploymentProvider> OtherProviders { get; init; } = [];

    /// <summary>A PostgreSQL database; null for SQLite.</summary>
    public string? ConnectionString { get; init; }

    public DomainOptions Domains { get; init; } = new();

    public PlanOptions Plan { get; init; } = new();

    public SourceLimits Sources { get; init; } = new();

    public UploadOptions Uploads { get; init; } = new();

    public string DataDirectory => _data;

    public ServerAddresses Addresses { get; init; } =
        new("http://localhost:8080", "http://localhost:8080", "http://localhost:8080", "localhost");

    public HttpClient Http { get; private set; } = new();

    public Membership Owner { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>What was asked of the database.</summary>
    public StatementLog Statements => Services.GetRequiredService<StatementLog>();

    public Uri Endpoint => new(Http.BaseAddress!, "mcp");

    /// <summary>A token of the owner with every scope.</summary>
    public string OwnerToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddNexusCore(Addresses, new(), plan: Plan).AddNexusStorage(new() { DataDirectory = _data, ConnectionString = ConnectionString });
        builder.Services.AddSingleton(new StatementLog())
            .ConfigureDbContext<SqliteNexusDbContext>(StatementLog.Attach)
            .ConfigureDbContext<PostgreSqlNexusDbContext>(StatementLog.Attach);
        builder.Services.AddNexusNetworking(new());
        builder.Services.AddNexusVault(new(new VaultKey(new byte[32])));
        builder.Services.AddNexusDomains(Domains);
        builder.Services.AddNexusDatabases(new() { AllowedHosts = ["127.0.0.1"] });
        builder.Services.AddSingleton<IAccessTokens>(Tokens);
        foreach (var provider in OtherProviders.Prepend(Provider)) builder.Services.AddSingleton(provider);
        builder.Services.AddNexusUploads(_data, Sources, Uploads);
        builder.Services.AddNexusMcp(new() { AllowedOrigins = ["https://inspector.example"], AllowedHosts = ["mcp.example"] });
        _app = builder.Build();
        _app.MapNexusMcp();

        await using (var db = await OpenDatabaseAsync()) await db.Database.MigrateAsync();
        Owner = await _app.Services.GetRequiredService<OrganizationDirectory>().FoundAsync(
            Guid.CreateVersion7(), "owner@example.com", "Olga Owner", "Example", CancellationToken.None);
        OwnerToken = Tokens.Issue(Owner.UserId, Owner.OrganizationId, [.. Scopes.All]);

        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new() { BaseAddress = new(address) };
    }

    /// <summary>Adds a person to the organisation, and gives a token of theirs with every scope.</summary>
    public async Task<string> JoinAsync(Role role) => (await AddPersonAsync(role, Owner.OrganizationId)).Token;

    /// <summary>Adds a person to an organisation, assigned to these projects, with a token that carries every scope.</summary>
    public async Task<TestPerson> AddPersonAsync(Role role, Guid organization, params IEnumerable<Guid> projects)
    {
        var member = new Member
        {
            OrganizationId = organization,
            UserId = Guid.CreateVersion7(),
            Email = $"{role}@example.com",
            Name = role.ToString(),
            Role = role,
            JoinedAt = DateTimeOffset.UtcNow,
        };
        await using var db = await OpenDatabaseAsync();
        db.Members.Add(member);
        db.ProjectMembers.AddRange(projects.Select(project => new ProjectMember { ProjectId = project, UserId = member.UserId }));
        await db.SaveChangesAsync();
        return new(member.UserId, organization, Tokens.Issue(member.UserId, organization, [.. Scopes.All]));
    }

    /// <summary>The owner, as the actor of commands that no tool gives.</summary>
    public async Task<Actor> OwnerActorAsync() => (await Services.GetRequiredService<ActorResolver>().ResolveAsync(
        new(Owner.UserId, Owner.OrganizationId, "test-client", Scopes.All.ToHashSet(), "token", DateTimeOffset.MaxValue), "pages", default))!;

    public Task<NexusDbContext> OpenDatabaseAsync() =>
        Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }
}
