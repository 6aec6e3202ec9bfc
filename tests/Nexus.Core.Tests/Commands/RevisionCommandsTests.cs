using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Commands.RecordedWeb;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>What redeploy, rollback and scale have in common, on both databases. The engine runs nothing here.</summary>
public sealed class RevisionCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_dry_run_of_each_tells_the_plan_and_changes_nothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);
        await RedeployAsync(host, new() { Port = 81 });
        await ServeAsync(host, 2);
        var before = await StateAsync(host);
        var dry = new CommandOptions(DryRun: true);

        DeploymentResult[] planned =
        [
            await host.Revisions.RedeployAsync(host.Owner, "web", new() { Name = "other", Image = "nginx:9" }, dry, default),
            await host.Revisions.RollBackAsync(host.Owner, "web", null, dry, default),
            await host.Commands.ScaleAsync(host.Owner, "web", 3, dry, default),
            await host.Commands.StopAsync(host.Owner, "web", dry, default),
            await host.Commands.DeleteAsync(host.Owner, "web", dry, default),
        ];

        planned.Should().OnlyContain(result => result.DryRun && result.Plan.Count > 0);
        planned[0].Plan.Should().Contain(new Change("name", "web", "other")).And.Contain(new Change("image", "nginx:1", "nginx:9"));
        (await StateAsync(host)).Should().BeEquivalentTo(before);
        await using var db = await host.Database.CreateDbContextAsync();
        (await db.Revisions.CountAsync()).Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_request_id_redeploys_once_and_a_stale_revision_is_refused(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var options = new CommandOptions(RequestId: "one", ExpectedRevision: 1);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            _ => host.Revisions.RedeployAsync(host.Owner, "web", new() { Port = 81 }, options, default)));

        results.Should().OnlyContain(result => result.Deployment.Revision == 2);
        var stale = new CommandOptions(ExpectedRevision: 1);
        await Refused(() => host.Revisions.RedeployAsync(host.Owner, "web", new(), stale, default), "REVISION_CONFLICT");
        await Refused(() => host.Revisions.RollBackAsync(host.Owner, "web", 1, stale, default), "REVISION_CONFLICT");
        await Refused(() => host.Commands.ScaleAsync(host.Owner, "web", 2, stale, default), "REVISION_CONFLICT");
        await Refused(
            () => host.Revisions.RedeployAsync(host.Owner, "web", new() { Port = 82 }, options, default), "REQUEST_ID_CONFLICT");
    }

    [Fact]
    public async Task Others_find_nothing_or_may_not()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var production = await host.Commands.CreateAsync(
            host.Owner, Web with { Name = "live", Environment = DeploymentEnvironment.Production }, CommandOptions.None, default);
        var member = host.Owner with { Role = Role.Member, AssignedProjects = new HashSet<Guid> { production.Deployment.ProjectId } };
        foreach (var (actor, name, code) in new[]
        {
            (await host.StrangerAsync(), "web", "DEPLOYMENT_NOT_FOUND"),
            (host.Owner, "wob", "DEPLOYMENT_NOT_FOUND"),
            (host.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsRead } }, "web", AccessErrors.MissingScopeCode),
            (host.Owner with { Role = Role.Auditor }, "web", "PERMISSION_DENIED"),
            (member, "live", "ENVIRONMENT_NOT_ALLOWED"),
        })
        {
            await Refused(() => host.Revisions.RedeployAsync(actor, name, new(), CommandOptions.None, default), code);
            await Refused(() => host.Revisions.RollBackAsync(actor, name, null, CommandOptions.None, default), code);
            await Refused(() => host.Commands.ScaleAsync(actor, name, 2, CommandOptions.None, default), code);
        }
    }

    private Task<CoreHost> StartAsync(DatabaseKind kind) => RecordedWeb.StartAsync(kind, engines, postgres);
}
