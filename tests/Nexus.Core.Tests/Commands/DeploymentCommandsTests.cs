using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>What can be asked of deployments, on both databases. The engine runs nothing here.</summary>
public sealed class DeploymentCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private static readonly CreateDeployment Web = new() { Image = "nginx:latest", Port = 80, Name = "web" };

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_name_is_given_once_and_a_free_one_is_suggested(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Outcome.OfAsync(
            () => host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default))));

        outcomes.Count(code => code == "OK").Should().Be(1);
        outcomes.Where(code => code != "OK").Should().OnlyContain(code => code == "NAME_TAKEN");
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

    private async Task<CoreHost> StartAsync(DatabaseKind kind) => await CoreHost.StartAsync(
        await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString);

    private static Task<DeploymentResult> CreateAsync(CoreHost host, string name) =>
        host.Commands.CreateAsync(host.Owner, Web with { Name = name }, CommandOptions.None, default);

    private static async Task<int> CountAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Deployments.CountAsync();
    }
}
