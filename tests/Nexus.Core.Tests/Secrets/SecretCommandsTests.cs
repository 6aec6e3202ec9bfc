using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Projects;
using Nexus.Core.Secrets;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Secrets;

/// <summary>What can be asked of the vault, by whom, and what is kept of it.</summary>
public sealed class SecretCommandsTests(Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_many_who_create_a_secret_at_once_one_does(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));

        var codes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Outcome.OfAsync(() => Create(host, new("TOKEN", "a")))));

        codes.Count(code => code == "OK").Should().Be(1);
        codes.Where(code => code != "OK").Should().OnlyContain(code => code == "SECRET_EXISTS");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Parallel_updates_each_become_a_version(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        var secret = (await Create(host, new("TOKEN", "v1"))).Secret;

        var codes = await Task.WhenAll(Enumerable.Range(2, 3).Select(i => Outcome.OfAsync(
            () => host.Get<SecretCommands>().UpdateAsync(host.Owner, secret.Id, $"v{i}", new(), default))));

        var done = codes.Count(code => code == "OK");
        var values = new List<string>();
        for (var version = 1; version <= done + 1; version++)
            values.Add(await host.Get<Vault>().OpenAsync(secret.Id, version, default));
        values.Should().OnlyHaveUniqueItems();
        (await ListAsync(host, host.Owner)).Should().ContainSingle().Which.Version.Should().Be(done + 1);
    }

    [Fact]
    public async Task The_same_name_can_hold_for_a_project_an_environment_and_all()
    {
        await using var host = await CoreHost.StartAsync();
        var project = await DefaultProjectAsync(host);

        await Create(host, new("TOKEN", "a"));
        await Create(host, new("TOKEN", "b", project));
        await Create(host, new("TOKEN", "c", project, DeploymentEnvironment.Production));

        await Refused(() => Create(host, new("TOKEN", "d", project)), "SECRET_EXISTS");
        (await ListAsync(host, host.Owner)).Should().HaveCount(3);
        (await ListAsync(host, host.Owner, new(project))).Should().HaveCount(2);
        (await ListAsync(host, host.Owner, new(null, DeploymentEnvironment.Production))).Should().ContainSingle();
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_without_the_value_and_keeps_nothing()
    {
        await using var host = await CoreHost.StartAsync();

        var dry = await host.Get<SecretCommands>().CreateAsync(host.Owner, new("TOKEN", "hush"), new(DryRun: true), default);

        dry.Plan.Should().Contain(new Change("value", null, "(hidden)"));
        (await ListAsync(host, host.Owner)).Should().BeEmpty();
        await using var db = await host.Database.CreateDbContextAsync();
        (await db.SecretVersions.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_request_id_with_another_value_is_a_conflict_and_no_record_holds_the_value_or_its_hash()
    {
        await using var host = await CoreHost.StartAsync();
        await host.Get<SecretCommands>().CreateAsync(host.Owner, new("TOKEN", "hush"), new(RequestId: "one"), default);

        await Refused(
            () => host.Get<SecretCommands>().CreateAsync(host.Owner, new("TOKEN", "other"), new(RequestId: "one"), default),
            "REQUEST_ID_CONFLICT");

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.AuditRecords.Select(record => record.Arguments).ToListAsync()).Should().NotContain(text => text!.Contains("hush"));
        (await db.CommandRecords.Select(record => record.Result).ToListAsync()).Should().NotContain(text => text.Contains("hush"));
    }

    [Theory]
    [InlineData("lower", "v", "name")]
    [InlineData("1ST", "v", "name")]
    [InlineData("", "v", "name")]
    [InlineData("A B", "v", "name")]
    [InlineData("A\n", "v", "name")]
    [InlineData("TOKEN", "", "value")]
    [InlineData("TOKEN", "a\0b", "value")]
    public async Task Bad_names_and_values_are_refused_by_the_argument(string name, string value, string field)
    {
        await using var host = await CoreHost.StartAsync();

        var refusal = await Refused(() => Create(host, new(name, value)), "INVALID_ARGUMENTS");

        refusal.Which.Field.Should().Be(field);
        (await ListAsync(host, host.Owner)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_value_has_at_most_64_KiB_and_a_name_128_characters()
    {
        await using var host = await CoreHost.StartAsync();

        await Create(host, new(new string('A', 128), new string('a', 64 * 1024)));
        await Refused(() => Create(host, new("TOKEN", new string('a', 64 * 1024 + 1))), "INVALID_ARGUMENTS");
        await Refused(() => Create(host, new("TOKEN", new string('é', 40 * 1024))), "INVALID_ARGUMENTS");
        await Refused(() => Create(host, new("TOKEN", "half a pair: \ud800")), "INVALID_ARGUMENTS");
        await Refused(() => Create(host, new(new string('A', 129), "v")), "INVALID_ARGUMENTS");
    }

    [Fact]
    public async Task A_secret_of_another_organisation_or_project_does_not_exist()
    {
        await using var host = await CoreHost.StartAsync();
        var project = await DefaultProjectAsync(host);
        var secret = (await Create(host, new("TOKEN", "v", project))).Secret;
        var stranger = await host.StrangerAsync();
        var unassigned = host.Owner with { Role = Role.DeploymentManager };

        foreach (var actor in new[] { stranger, unassigned })
        {
            (await ListAsync(host, actor)).Should().BeEmpty();
            await Refused(() => host.Get<SecretCommands>().UpdateAsync(actor, secret.Id, "x", new(), default), "SECRET_NOT_FOUND");
            await Refused(() => host.Get<SecretCommands>().DeleteAsync(actor, secret.Id, new(), default), "SECRET_NOT_FOUND");
            await Refused(
                () => host.Get<SecretCommands>().CreateAsync(actor, new("OTHER", "x", project), new(), default), "PROJECT_NOT_FOUND");
        }

        (await ListAsync(host, unassigned with { AssignedProjects = new HashSet<Guid> { project } })).Should().ContainSingle();
    }

    [Fact]
    public async Task A_developer_changes_no_secret_that_reaches_further_than_they_do()
    {
        await using var host = await CoreHost.StartAsync();
        var project = await DefaultProjectAsync(host);
        var developer = host.Owner with { Role = Role.Member, AssignedProjects = new HashSet<Guid> { project } };
        var production = (await Create(host, new("TOKEN", "v", project, DeploymentEnvironment.Production))).Secret;
        var commands = host.Get<SecretCommands>();

        await Refused(() => commands.UpdateAsync(developer, production.Id, "x", new(), default), "ENVIRONMENT_NOT_ALLOWED");
        await Refused(() => commands.CreateAsync(developer, new("A", "x", project), new(), default), "ENVIRONMENT_NOT_ALLOWED");
        await Refused(
            () => commands.CreateAsync(developer, new("A", "x", null, DeploymentEnvironment.Staging), new(), default), "PROJECT_REQUIRED");
        await commands.CreateAsync(developer, new("A", "x", project, DeploymentEnvironment.Staging), new(), default);
    }

    [Theory]
    [InlineData(Role.Auditor)]
    [InlineData(Role.BillingManager)]
    public async Task Those_who_may_not_manage_secrets_do_not_even_list_them(Role role)
    {
        await using var host = await CoreHost.StartAsync();

        await Refused(() => ListAsync(host, host.Owner with { Role = role }), "PERMISSION_DENIED");
    }

    [Fact]
    public async Task A_deleted_secret_leaves_no_version_behind_and_its_name_is_free()
    {
        await using var host = await CoreHost.StartAsync();
        var secret = (await Create(host, new("TOKEN", "v"))).Secret;

        await host.Get<SecretCommands>().DeleteAsync(host.Owner, secret.Id, new(), default);

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.SecretVersions.CountAsync()).Should().Be(0);
        await Create(host, new("TOKEN", "w"));
    }

    private static Task<SecretResult> Create(CoreHost host, CreateSecret asked) =>
        host.Get<SecretCommands>().CreateAsync(host.Owner, asked, CommandOptions.None, default);

    private static async Task<IReadOnlyList<SecretSummary>> ListAsync(CoreHost host, Actor actor, SecretFilter? filter = null) =>
        (await host.Get<SecretQueries>().ListAsync(actor, filter ?? new(), new(), default)).Items;

    private static async Task<Guid> DefaultProjectAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return (await db.Projects.SingleAsync(project => project.Name == Project.DefaultName)).Id;
    }
}
