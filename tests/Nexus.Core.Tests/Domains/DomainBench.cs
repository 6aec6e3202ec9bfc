using System.Net;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Routing;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Core.Tests.Domains;

/// <summary>A core with deployments that run, as far as the database knows, and a DNS server to write records into.</summary>
internal sealed class DomainBench : IAsyncDisposable
{
    public const string AppsDomain = "apps.test";
    public const string PublicAddress = "203.0.113.7";

    private DomainBench(CoreHost host, DnsServer dns) => (Host, Dns) = (host, dns);

    public CoreHost Host { get; }

    public DnsServer Dns { get; }

    public DomainCommands Commands => Host.Get<DomainCommands>();

    public static async Task<DomainBench> StartAsync(
        Shared<DnsServer> dns, DatabaseOptions? database = null, DomainOptions? options = null, string appsDomain = AppsDomain)
    {
        var server = await dns.GetAsync();
        options ??= new() { PublicAddress = IPAddress.Parse(PublicAddress), CertificateAuthority = "letsencrypt.org" };
        return new(await CoreHost.StartAsync(database, domains: options.Resolvers.SequenceEqual(new DomainOptions().Resolvers) ? options with { Resolvers = server.Resolvers } : options, appsDomain: appsDomain), server);
    }

    /// <summary>A name that no other test has. Parallel tests share the DNS server.</summary>
    public static string FreshName(string stem = "shop") => $"{stem}.t{Guid.NewGuid().ToString("N")[..12]}.example";

    /// <summary>A deployment of the actor's organisation with a route; returns its name, which is also its host label.</summary>
    public async Task<string> DeployAsync(
        string name, Actor? actor = null, DeploymentStatus status = DeploymentStatus.Running,
        DeploymentEnvironment environment = DeploymentEnvironment.Development)
    {
        var organization = (actor ?? Host.Owner).OrganizationId;
        await using var db = await Host.Database.CreateDbContextAsync();
        var project = await db.Projects.FirstOrDefaultAsync(project => project.OrganizationId == organization);
        if (project is null) db.Add(project = Core.Projects.Project.Default(organization, DateTimeOffset.UnixEpoch));
        var deployment = new Deployment
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = organization,
            ProjectId = project.Id,
            Name = name,
            HostLabel = name,
            Environment = environment,
            Provider = "docker",
            Wanted = WantedState.Running,
            WantedReplicas = 1,
            TargetRevision = 1,
            Generation = 1,
            Status = status,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        db.AddRange(deployment, new Revision
        {
            DeploymentId = deployment.Id,
            Number = 1,
            Image = "web:1",
            Port = 80,
            Variables = new Dictionary<string, string>(),
            Command = [],
            HealthCheck = HealthCheck.Tcp,
            RequestedBy = Guid.Empty,
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        await using var transaction = await db.Database.BeginTransactionAsync();
        await RouteWriter.SetAsync(db, deployment.Id, name, RouteState.Serving, [], DateTimeOffset.UnixEpoch, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return name;
    }

    public Task<IReadOnlyList<DomainSummary>> ListAsync(string deployment, Actor? actor = null) =>
        Host.Get<DomainQueries>().ListAsync(actor ?? Host.Owner, deployment, default);

    public async Task<DomainSummary> AddAsync(string deployment, string domain, Actor? actor = null) =>
        (await Commands.AddAsync(actor ?? Host.Owner, deployment, domain, CommandOptions.None, default)).Domain;

    public Task<DomainVerification> VerifyAsync(string deployment, Guid domain, Actor? actor = null, CommandOptions? options = null) =>
        Commands.VerifyAsync(actor ?? Host.Owner, deployment, domain, options ?? CommandOptions.None, default);

    public Task RemoveAsync(string deployment, Guid domain, Actor? actor = null) =>
        Commands.RemoveAsync(actor ?? Host.Owner, deployment, domain, CommandOptions.None, default);

    /// <summary>Writes every wanted record into DNS.</summary>
    public async Task PublishAsync(DomainSummary domain)
    {
        foreach (var record in domain.Records) await Dns.AddAsync(record.Name, record.Type, record.Value);
    }

    /// <summary>A verified domain.</summary>
    public async Task<DomainSummary> OwnAsync(string deployment, string name, Actor? actor = null)
    {
        var domain = await AddAsync(deployment, name, actor);
        await PublishAsync(domain);
        await VerifyAsync(deployment, domain.Id, actor);
        return domain;
    }

    /// <summary>The domains on the deployment's route.</summary>
    public async Task<IReadOnlyList<string>> RoutedAsync(string deployment)
    {
        await using var db = await Host.Database.CreateDbContextAsync();
        return (await db.Routes.SingleAsync(route => route.HostLabel == deployment)).Domains;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
