using FluentAssertions;
using FluentAssertions.Specialized;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Commands;

/// <summary>The door that every command goes through, on both databases. The engine runs nothing here.</summary>
public sealed class DeploymentCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private static readonly CreateDeployment Web = new() { Image = "nginx:latest", Port = 80, Name = "web" };

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_request_id_does_a_thing_once_however_often_and_at_once_it_is_sent(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var options = new CommandOptions(RequestId: "one");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => host.Commands.CreateAsync(host.Owner, Web, options, default)));

        results.Select(result => result.Deployment.Id).Distinct().Should().ContainSingle();
        (await CountAsync(host)).Should().Be(1);
        await Refused(() => host.Commands.CreateAsync(host.Owner, Web with { Port = 81 }, options, default), "REQUEST_ID_CONFLICT");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_request_id_is_forgotten_after_a_day(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await host.Commands.CreateAsync(host.Owner, Web, new(RequestId: "one"), default);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var pruning = new CommandRecordPruning(host.Database, time, NullLogger<CommandRecordPruning>.Instance);

        (await pruning.PruneAsync(default)).Should().Be(0);
        time.Advance(TimeSpan.FromHours(25));
        (await pruning.PruneAsync(default)).Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_name_is_given_once_and_a_free_one_is_suggested(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CodeOfAsync(
            () => host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default))));

        outcomes.Count(code => code is null).Should().Be(1);
        outcomes.Where(code => code is not null).Should().OnlyContain(code => code == "NAME_TAKEN");
        var refusal = await Refused(() => host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default), "NAME_TAKEN");
        refusal.Which.Hint.Should().Contain("web-2");
        var unnamed = await host.Commands.CreateAsync(host.Owner, Web with { Name = null }, CommandOptions.None, default);
        unnamed.Deployment.Name.Should().Be("nginx");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var asked = Web with { EnvVars = new Dictionary<string, string?> { ["TOKEN"] = "hush", ["PORT"] = "1" } };

        var dry = await host.Commands.CreateAsync(host.Owner, asked, new(DryRun: true), default);

        dry.DryRun.Should().BeTrue();
        dry.Plan.Should().Contain(new Change("image", null, "nginx:latest")).And.Contain(new Change("envVars.TOKEN", null, "(set)"));
        dry.Notes.Should().ContainSingle().Which.Should().Contain("PORT");
        (await CountAsync(host)).Should().Be(0);
    }

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

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_command_on_another_revision_than_expected_is_refused(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default);

        await Refused(() => host.Commands.StopAsync(host.Owner, "web", new(ExpectedRevision: 2), default), "REVISION_CONFLICT");
        await host.Commands.StopAsync(host.Owner, "web", new(ExpectedRevision: 1), default);
        var again = await host.Commands.StopAsync(host.Owner, "web", CommandOptions.None, default);
        again.Plan.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_deleted_name_is_free_at_once(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var first = await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default);
        await host.Commands.DeleteAsync(host.Owner, "web", CommandOptions.None, default);

        var second = await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default);

        second.Deployment.Url.Should().Be(first.Deployment.Url);
        (await host.Queries.StatusAsync(host.Owner, $"{first.Deployment.Id}", 0, default)).Deployment.Status
            .Should().Be(DeploymentStatus.Deleted);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Lists_are_paged_newest_first_and_stable_under_inserts(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        foreach (var number in Enumerable.Range(1, 5)) await CreateAsync(host, $"app-{number}");

        var first = await host.Queries.ListAsync(host.Owner, new(), new(2), default);
        await CreateAsync(host, "late");
        var second = await host.Queries.ListAsync(host.Owner, new(), new(2, first.NextCursor), default);
        var third = await host.Queries.ListAsync(host.Owner, new(), new(2, second.NextCursor), default);

        first.Items.Select(item => item.Name).Should().Equal("app-5", "app-4");
        second.Items.Select(item => item.Name).Should().Equal("app-3", "app-2");
        third.Items.Select(item => item.Name).Should().Equal("app-1");
        third.NextCursor.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Thirty_two_writers_at_once_all_get_through(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            await CreateAsync(host, $"app-{writer}");
            await host.Commands.StopAsync(host.Owner, $"app-{writer}", CommandOptions.None, default);
            await host.Commands.StartAsync(host.Owner, $"app-{writer}", CommandOptions.None, default);
        })));

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.Deployments.Select(deployment => deployment.Generation).ToListAsync()).Should().HaveCount(32).And.OnlyContain(generation => generation == 3);
        (await db.AuditRecords.CountAsync()).Should().Be(96);
        (await db.Routes.Select(route => route.Version).Distinct().CountAsync()).Should().Be(32);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Commands_on_one_deployment_at_once_lose_nothing(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await CreateAsync(host, "web");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => number % 2 == 0
            ? host.Commands.StopAsync(host.Owner, "web", CommandOptions.None, default)
            : host.Commands.StartAsync(host.Owner, "web", CommandOptions.None, default))));

        await using var db = await host.Database.CreateDbContextAsync();
        var deployment = await db.Deployments.SingleAsync();
        (await db.Rollouts.CountAsync()).Should().Be(deployment.Generation);
        (await db.AuditRecords.CountAsync()).Should().Be(13);
    }

    [Theory]
    [InlineData("nginx", 80, null, "INVALID_IMAGE")]
    [InlineData("evil/miner:latest", 80, null, "IMAGE_NOT_ALLOWED")]
    [InlineData("nginx:latest", 0, null, "INVALID_ARGUMENTS")]
    [InlineData("nginx:latest", 65536, null, "INVALID_ARGUMENTS")]
    [InlineData("nginx:latest", 80, "Web", "INVALID_ARGUMENTS")]
    [InlineData("nginx:latest", 80, "-web", "INVALID_ARGUMENTS")]
    [InlineData("nginx:latest", 80, "web\n", "INVALID_ARGUMENTS")]
    [InlineData("nginx:latest", 80, "01a207c7-66ce-74dc-889c-c4309f772273", "INVALID_ARGUMENTS")]
    public async Task Bad_arguments_are_refused_and_change_nothing(string image, int port, string? name, string code)
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await Refused(() => host.Commands.CreateAsync(host.Owner, new() { Image = image, Port = port, Name = name }, CommandOptions.None, default), code);
        (await CountAsync(host)).Should().Be(0);
    }

    [Fact]
    public async Task Variables_hold_to_their_rules()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        foreach (var (name, value) in new[] { ("1ST", "x"), ("A-B", "x"), ("", "x"), ("A", "nul\0"), ("A", new string('x', 40_000)), ("A\n", "x") })
        {
            var asked = Web with { EnvVars = new Dictionary<string, string?> { [name] = value } };
            (await Refused(() => host.Commands.CreateAsync(host.Owner, asked, CommandOptions.None, default), "INVALID_ARGUMENTS")).Which.Field.Should().Be("envVars");
        }
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

    private static Task<DeploymentResult> CreateAsync(CoreHost host, string name) =>
        host.Commands.CreateAsync(host.Owner, Web with { Name = name }, CommandOptions.None, default);

    private static async Task<int> CountAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Deployments.CountAsync();
    }

    private static async Task<string?> CodeOfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (NexusException refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task<ExceptionAssertions<NexusException>> Refused(Func<Task> act, string code)
    {
        var refusal = await act.Should().ThrowAsync<NexusException>();
        refusal.Which.Code.Should().Be(code);
        return refusal;
    }
}
