using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>Who sees and changes what, and what the audit keeps of it.</summary>
public sealed class DeploymentAccessTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private static readonly CreateDeployment Web = new() { Image = "nginx:latest", Port = 80, Name = "web" };

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_stranger_finds_nothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var id = (await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default)).Deployment.Id;
        var stranger = await host.StrangerAsync();

        foreach (var idOrName in new[] { id.ToString(), "web" })
        {
            await Refused(() => host.Queries.StatusAsync(stranger, idOrName, 0, default), "DEPLOYMENT_NOT_FOUND");
            await Refused(() => host.Logs.ReadAsync(stranger, idOrName, new(), default), "DEPLOYMENT_NOT_FOUND");
            await Refused(() => host.Commands.StopAsync(stranger, idOrName, CommandOptions.None, default), "DEPLOYMENT_NOT_FOUND");
            await Refused(() => host.Commands.StartAsync(stranger, idOrName, CommandOptions.None, default), "DEPLOYMENT_NOT_FOUND");
            await Refused(() => host.Commands.DeleteAsync(stranger, idOrName, CommandOptions.None, default), "DEPLOYMENT_NOT_FOUND");
        }

        (await host.Queries.ListAsync(stranger, new(), new(), default)).Items.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_command_and_every_refusal_is_in_the_audit_without_values(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var asked = Web with { EnvVars = new Dictionary<string, string?> { ["TOKEN"] = "hush" } };
        await host.Commands.CreateAsync(host.Owner, asked, CommandOptions.None, default);
        var reader = host.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsRead } };
        await Refused(() => host.Commands.DeleteAsync(reader, "web", CommandOptions.None, default), AccessErrors.MissingScopeCode);

        await using var db = await host.Database.CreateDbContextAsync();
        var records = await db.AuditRecords.OrderBy(record => record.Id).ToListAsync();
        records.Select(record => (record.Operation, record.Outcome)).Should()
            .Equal(("CreateDeployment", "OK"), ("DeleteDeployment", "MISSING_SCOPE"));
        records.Should().NotContain(record => record.Arguments.Contains("hush"));
    }

    [Fact]
    public async Task A_member_deploys_in_assigned_projects_only_and_not_to_production()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var project = (await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default)).Deployment.ProjectId;
        var member = host.Owner with { Role = Role.Member, UserId = Guid.CreateVersion7() };

        await Refused(() => host.Queries.StatusAsync(member, "web", 0, default), "DEPLOYMENT_NOT_FOUND");
        await Refused(() => host.Commands.CreateAsync(member, Web with { Name = null }, CommandOptions.None, default), "PROJECT_NOT_FOUND");
        var assigned = member with { AssignedProjects = new HashSet<Guid> { project } };
        (await host.Queries.StatusAsync(assigned, "web", 0, default)).Deployment.Name.Should().Be("web");
        await Refused(
            () => host.Commands.CreateAsync(assigned, Web with { Name = null, Environment = DeploymentEnvironment.Production }, CommandOptions.None, default),
            "ENVIRONMENT_NOT_ALLOWED");
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind) => await CoreHost.StartAsync(
        await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString);
}
