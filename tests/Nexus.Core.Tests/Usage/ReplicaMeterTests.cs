using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Usage;

/// <summary>The time of replicas, on both databases: whatever nodes do, each second is counted once.</summary>
public sealed class ReplicaMeterTests(Shared<PostgresServer> postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Ten_nodes_that_see_the_same_count_it_once(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var seen = await DeploymentAsync(host);
        var replicas = new[] { Running(0, _time.GetUtcNow()), Running(1, _time.GetUtcNow()) };
        _time.Advance(Hour);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => CountAsync(host, seen, replicas))));

        (await HoursAsync(host)).Should().Be(2);
        await CountAsync(host, await DeploymentAsync(host), replicas);
        (await HoursAsync(host)).Should().Be(2);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Each_day_gets_what_ran_on_it_also_after_days_without_a_server(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        var replicas = new[] { Running(0, _time.GetUtcNow()) };
        _time.Advance(TimeSpan.FromHours(4 + 24 + 24 + 3));

        await CountAsync(host, await DeploymentAsync(host), replicas);

        await using var db = await host.Database.CreateDbContextAsync();
        var days = await db.UsageCounts.OrderBy(count => count.Day).ToDictionaryAsync(count => count.Day.Day, count => TimeSpan.FromMilliseconds(count.Amount).TotalHours);
        days.Should().Equal(new Dictionary<int, double> { [28] = 4, [29] = 24, [30] = 24, [1] = 3 });
    }

    [Fact]
    public async Task A_replica_counts_from_its_start_to_its_end_and_once_ended_at_once()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        _time.Advance(Hour);
        var started = _time.GetUtcNow();
        await CountAsync(host, await DeploymentAsync(host), [Running(0, started)]);
        _time.Advance(TimeSpan.FromSeconds(18));
        await CountAsync(host, await DeploymentAsync(host), [Ended(0, started, _time.GetUtcNow())]);

        (await HoursAsync(host)).Should().Be(0.005);
        _time.Advance(Hour);
        await CountAsync(host, await DeploymentAsync(host), [Ended(0, started, started.AddSeconds(18))]);
        (await HoursAsync(host)).Should().Be(0.005, "it has ended");
    }

    [Fact]
    public async Task What_is_about_to_be_removed_is_counted_before()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var (leaving, staying) = (Running(0, _time.GetUtcNow()), Running(1, _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromSeconds(36));

        await CountAsync(host, await DeploymentAsync(host), [leaving, staying]);
        (await HoursAsync(host)).Should().Be(0, "a minute is not over");
        await host.Get<ReplicaMeter>().CountAsync(await DeploymentAsync(host), [leaving, staying], leaving, default);

        (await HoursAsync(host)).Should().Be(0.02);
    }

    [Fact]
    public async Task What_does_not_run_writes_nothing()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var deployment = await DeploymentAsync(host);
        _time.Advance(Hour);
        host.Statements.Take();

        await CountAsync(host, deployment, []);
        await CountAsync(host, deployment, [Running(0, _time.GetUtcNow().AddMinutes(5))]);
        await CountAsync(host, deployment, [new() { Id = "new", Revision = 1, Ordinal = 0, State = ReplicaState.Created }]);

        host.Statements.Take().Should().BeEmpty();
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind)
    {
        var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres), time: _time);
        await RecordedDeployments.AddAsync(host.Database, 1);
        await using var db = await host.Database.CreateDbContextAsync();
        // It was recorded by the machine's clock.
        _time.SetUtcNow(new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero));
        await db.Deployments.ExecuteUpdateAsync(set => set.SetProperty(one => one.UsageCountedAt, _time.GetUtcNow()));
        return host;
    }

    private static async Task<Deployment> DeploymentAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Deployments.AsNoTracking().SingleAsync();
    }

    private static Task CountAsync(CoreHost host, Deployment deployment, IReadOnlyList<Replica> replicas) =>
        host.Get<ReplicaMeter>().CountAsync(deployment, replicas, null, default);

    private static async Task<double> HoursAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return TimeSpan.FromMilliseconds(await db.UsageCounts.SumAsync(count => count.Amount)).TotalHours;
    }

    private static Replica Running(int ordinal, DateTimeOffset since) =>
        new() { Id = $"replica-{ordinal}", Revision = 1, Ordinal = ordinal, State = ReplicaState.Running, StartedAt = since };

    private static Replica Ended(int ordinal, DateTimeOffset since, DateTimeOffset until) =>
        Running(ordinal, since) with { State = ReplicaState.Exited, EndedAt = until };
}
