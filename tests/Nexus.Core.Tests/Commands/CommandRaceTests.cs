using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>Commands that are sent twice, or at once.</summary>
public sealed class CommandRaceTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
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
