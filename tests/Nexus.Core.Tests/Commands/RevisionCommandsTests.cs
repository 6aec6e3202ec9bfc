using FluentAssertions;
using FluentAssertions.Specialized;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Commands;

/// <summary>Redeploy, rollback and scale as they are recorded, on both databases. The engine runs nothing here.</summary>
public sealed class RevisionCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private const string Digest = "nginx@sha256:0000000000000000000000000000000000000000000000000000000000000001";

    private static readonly CreateDeployment Web = new()
    {
        Image = "nginx:1",
        Port = 80,
        Name = "web",
        Command = ["serve"],
        HealthCheckUrl = "/ok",
        EnvVars = new Dictionary<string, string?> { ["A"] = "1", ["B"] = "2" },
    };

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_redeploy_changes_what_it_overrides_and_keeps_the_rest(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);

        var result = await host.Revisions.RedeployAsync(
            host.Owner, "web", new() { Port = 81, EnvVars = new Dictionary<string, string?> { ["B"] = null, ["C"] = "3" } }, CommandOptions.None, default);

        result.Deployment.Revision.Should().Be(2);
        result.Plan.Should().BeEquivalentTo(
        [
            new Change("revision", "1", "2"),
            new Change("imageContent", Digest, "(found out when it rolls out)"),
            new Change("port", "80", "81"),
            new Change("envVars.B", "(set)", null),
            new Change("envVars.C", null, "(set)"),
        ]);
        var revision = await RevisionAsync(host, 2);
        revision.Should().BeEquivalentTo(new { Image = "nginx:1", ResolvedImage = (string?)null, Port = 81, Command = new[] { "serve" } });
        revision.Variables.Should().Equal(new Dictionary<string, string> { ["A"] = "1", ["C"] = "3" });
        revision.HealthCheck.Should().Be(new HealthCheck(HealthCheckType.Http, "/ok"));
        (await RouteAsync(host)).State.Should().Be(RouteState.Serving, "the old revision serves until the new one does");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_rollback_brings_back_everything_of_the_older_revision_under_a_new_number(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);
        await RedeployAsync(host, new()
        {
            Image = "nginx:2",
            Port = 81,
            Command = [],
            HealthCheckEnabled = false,
            EnvVars = new Dictionary<string, string?> { ["A"] = "other" },
        });
        await ServeAsync(host, 2);

        var result = await host.Revisions.RollBackAsync(host.Owner, "web", null, CommandOptions.None, default);

        result.Deployment.Revision.Should().Be(3);
        result.Plan.Should().Contain(new Change("envVars.A", "(set)", "(changed)")).And.Contain(new Change("port", "81", "80"));
        var (first, third) = (await RevisionAsync(host, 1), await RevisionAsync(host, 3));
        third.Should().BeEquivalentTo(first, with => with.Excluding(one => one.Number).Excluding(one => one.CopyOf)
            .Excluding(one => one.CreatedAt).Excluding(one => one.ServedAt).Excluding(one => one.OwnsImage));
        third.CopyOf.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Going_back_twice_goes_back_further_and_skips_what_never_ran(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);
        await RedeployAsync(host, new() { Port = 81 });
        await ServeAsync(host, 2);
        await RedeployAsync(host, new() { Port = 82 });
        await RedeployAsync(host, new() { Port = 83 });
        await ServeAsync(host, 4);

        (await RollBackAsync(host)).Deployment.Revision.Should().Be(5);
        await ServeAsync(host, 5);
        (await RevisionAsync(host, 5)).CopyOf.Should().Be(2);
        await RollBackAsync(host);
        await ServeAsync(host, 6);
        (await RevisionAsync(host, 6)).CopyOf.Should().Be(1);

        (await Refused(() => RollBackAsync(host), "NO_EARLIER_REVISION")).Which.Hint.Should().NotBeNullOrEmpty();
        var same = await RollBackAsync(host, 1);
        (same.Plan.Count, same.Deployment.Revision).Should().Be((0, 6));
        (await RollBackAsync(host, 4)).Deployment.Revision.Should().Be(7);
    }

    [Fact]
    public async Task A_rollback_to_what_is_not_there_is_refused_and_changes_nothing()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await ServeAsync(host, 1, "sha256:00000000000000000000000000000000000000000000000000000000000000aa");
        await RedeployAsync(host, new() { Port = 81 });
        var before = await StateAsync(host);

        foreach (var number in new[] { 0, -1, 3, int.MaxValue })
            (await Refused(() => RollBackAsync(host, number), "REVISION_NOT_FOUND")).Which.Field.Should().Be("targetRevision");
        await Refused(() => RollBackAsync(host, 1), "IMAGE_GONE");
        await RedeployAsync(host, new() { Port = 82 });
        await Refused(() => RollBackAsync(host, 2), "REVISION_INCOMPLETE");
        (await StateAsync(host)).Generation.Should().Be(before.Generation + 1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Scaling_records_the_number_and_leaves_rollouts_alone(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        var result = await host.Commands.ScaleAsync(host.Owner, "web", 5, CommandOptions.None, default);

        result.Plan.Should().Equal(new Change("replicas", "1", "5"));
        (await host.Commands.ScaleAsync(host.Owner, "web", 5, CommandOptions.None, default)).Plan.Should().BeEmpty();
        await using var db = await host.Database.CreateDbContextAsync();
        var rollout = await db.Rollouts.SingleAsync();
        rollout.Outcome.Should().Be(RolloutOutcome.InProgress);
        rollout.Generation.Should().Be((await db.Deployments.SingleAsync()).Generation).And.Be(2);
    }

    [Fact]
    public async Task Scaling_to_what_can_not_be_is_refused_and_changes_nothing()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        foreach (var replicas in new[] { 0, -1, 11, int.MaxValue })
        {
            (await Refused(() => host.Commands.ScaleAsync(host.Owner, "web", replicas, CommandOptions.None, default), "INVALID_ARGUMENTS"))
                .Which.Field.Should().Be("replicas");
        }

        (await StateAsync(host)).Should().BeEquivalentTo(new { WantedReplicas = 1, Generation = 1 });
    }

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
    public async Task Bad_overrides_are_refused_each_with_its_field()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await host.Commands.CreateAsync(host.Owner, Web with { Name = "taken" }, CommandOptions.None, default);
        foreach (var (asked, code, field) in new (RedeployDeployment, string, string)[]
        {
            (new() { Image = "evil/miner:1" }, "IMAGE_NOT_ALLOWED", "image"),
            (new() { Image = "nginx" }, "INVALID_IMAGE", "image"),
            (new() { Port = 0 }, "INVALID_ARGUMENTS", "port"),
            (new() { Name = "taken" }, "NAME_TAKEN", "name"),
            (new() { Name = "No Label" }, "INVALID_ARGUMENTS", "name"),
            (new() { DisplayName = new string('x', 101) }, "INVALID_ARGUMENTS", "displayName"),
            (new() { Provider = "gcp_cloud_run" }, "PROVIDER_UNAVAILABLE", "provider"),
            (new() { Provider = "moon" }, "UNKNOWN_PROVIDER", "provider"),
            (new() { Region = "moon" }, "INVALID_ARGUMENTS", "region"),
            (new() { AutoDestroyHours = 0 }, "INVALID_ARGUMENTS", "autoDestroyHours"),
            (new() { HealthCheckUrl = "http://elsewhere/" }, "INVALID_ARGUMENTS", "healthCheckUrl"),
            (new() { HealthCheckEnabled = false, HealthCheckUrl = "/" }, "INVALID_ARGUMENTS", "healthCheckEnabled"),
            (new() { Code = "x" }, "INVALID_ARGUMENTS", "code"),
            (new() { Code = "x", Framework = "rust" }, "CODE_NEEDS_FILES", "framework"),
            (new() { Code = "x", Framework = "node", Image = "nginx:1" }, "INVALID_ARGUMENTS", "image"),
            (new() { Dockerfile = "FROM node:20" }, "INVALID_ARGUMENTS", "dockerfile"),
            (new() { Framework = "node" }, "INVALID_ARGUMENTS", "framework"),
            (new() { EnvVars = new Dictionary<string, string?> { ["A B"] = "x" } }, "INVALID_ARGUMENTS", "envVars"),
            (new() { EnvVars = new Dictionary<string, string?> { ["A"] = new string('x', 1 << 20) } }, "INVALID_ARGUMENTS", "envVars"),
            (new() { EnvVars = Enumerable.Range(0, 201).ToDictionary(number => $"V{number}", string? (_) => "x") }, "INVALID_ARGUMENTS", "envVars"),
        })
        {
            var refusal = await Refused(() => RedeployAsync(host, asked), code);
            refusal.Which.Field.Should().Be(field);
            refusal.Which.Hint.Should().NotBeNullOrEmpty();
        }

        (await StateAsync(host)).Should().BeEquivalentTo(new { TargetRevision = 1, Generation = 1 });
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

    [Fact]
    public async Task A_renamed_deployment_answers_at_its_new_name_and_its_old_one_is_free()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await ServeAsync(host, 1);

        var renamed = await RedeployAsync(host, new() { Name = "shop", DisplayName = "The shop" });

        renamed.Deployment.Should().BeEquivalentTo(new { Name = "shop", DisplayName = "The shop", Url = "http://shop.localhost:8080" });
        (await RouteAsync(host)).Should().BeEquivalentTo(new { HostLabel = "shop", State = RouteState.Serving });
        (await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default)).Deployment.Name.Should().Be("web");
    }

    [Fact]
    public async Task Variables_are_not_in_the_audit()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await RedeployAsync(host, new() { EnvVars = new Dictionary<string, string?> { ["TOKEN"] = "hush" } });

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.AuditRecords.ToListAsync()).Should().NotContain(record => record.Arguments.Contains("hush"))
            .And.Contain(record => record.Arguments.Contains("TOKEN"));
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind)
    {
        var host = await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString);
        await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default);
        return host;
    }

    private static Task<DeploymentResult> RedeployAsync(CoreHost host, RedeployDeployment asked) =>
        host.Revisions.RedeployAsync(host.Owner, "web", asked, CommandOptions.None, default);

    private static Task<DeploymentResult> RollBackAsync(CoreHost host, int? revision = null) =>
        host.Revisions.RollBackAsync(host.Owner, "web", revision, CommandOptions.None, default);

    /// <summary>Writes what the reconciler writes when the wanted revision takes traffic.</summary>
    private static async Task ServeAsync(CoreHost host, int number, string image = Digest)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        var deployment = await db.Deployments.FirstAsync(deployment => deployment.Name == "web");
        (deployment.ActiveRevision, deployment.Status) = (number, DeploymentStatus.Running);
        var revision = await db.Revisions.SingleAsync(revision => revision.DeploymentId == deployment.Id && revision.Number == number);
        (revision.ResolvedImage, revision.ServedAt) = (revision.ResolvedImage ?? image, DateTimeOffset.UtcNow);
        var route = await db.Routes.SingleAsync(route => route.DeploymentId == deployment.Id);
        (route.State, route.Targets) = (RouteState.Serving, [new RouteTarget("c1", "127.0.0.1:1")]);
        await db.SaveChangesAsync();
    }

    private static async Task<Revision> RevisionAsync(CoreHost host, int number)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Revisions.SingleAsync(revision => revision.Number == number);
    }

    private static async Task<Route> RouteAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Routes.SingleAsync();
    }

    private static async Task<Deployment> StateAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Deployments.OrderBy(deployment => deployment.Id).FirstAsync();
    }

    private static async Task<ExceptionAssertions<NexusException>> Refused(Func<Task> act, string code)
    {
        var refusal = await act.Should().ThrowAsync<NexusException>();
        refusal.Which.Code.Should().Be(code);
        return refusal;
    }
}
