using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Routing;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Commands.RecordedWeb;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>Redeploys as they are recorded, on both databases. The engine runs nothing here.</summary>
public sealed class RedeployCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
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

    private Task<CoreHost> StartAsync(DatabaseKind kind) => RecordedWeb.StartAsync(kind, engines, postgres);
}
