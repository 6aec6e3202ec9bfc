using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Usage;

/// <summary>Counting, on both databases: many nodes, midnight, and a database that is away for a while.</summary>
public sealed class UsageLedgerTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task What_eight_nodes_count_at_once_adds_up(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(() => CountOnANodeAsync(host, node))));

        var totals = await TotalsAsync(host);
        totals[UsageMeasure.ToolCalls].Should().Be(8 * 10 * 6);
        totals.ByName(UsageMeasure.ToolCalls).Should().HaveCount(3).And.OnlyContain(tool => tool.Value == 8 * 10 * 2);
        totals.ByName(UsageMeasure.ClientCalls).Should().HaveCount(8).And.OnlyContain(client => client.Value == 10 * 6);
        totals[UsageMeasure.FailedToolCalls].Should().Be(8 * 10 * 2);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_call_belongs_to_the_day_on_which_it_ended_in_UTC(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new(2026, 11, 30, 23, 59, 59, TimeSpan.Zero));
        await using var host = await StartAsync(kind, time);
        Count(host, "before");

        time.Advance(TimeSpan.FromSeconds(2));
        Count(host, "after");

        (await TotalsAsync(host, UsagePeriod.Today)).ByName(UsageMeasure.ToolCalls).Should().Equal(new Dictionary<string, long> { ["after"] = 1 });
        (await TotalsAsync(host, UsagePeriod.LastMonth)).ByName(UsageMeasure.ToolCalls).Should().Equal(new Dictionary<string, long> { ["before"] = 1 });
        (await TotalsAsync(host, UsagePeriod.SevenDays))[UsageMeasure.ToolCalls].Should().Be(2);
    }

    [Fact]
    public async Task What_can_not_be_written_is_kept_and_written_once()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await using var db = await host.Database.CreateDbContextAsync();
        Count(host, "tool");
        await db.Database.ExecuteSqlAsync($"""ALTER TABLE "UsageCounts" RENAME TO "Away" """);
        await host.Get<UsageLedger>().Invoking(ledger => ledger.FlushAsync()).Should().ThrowAsync<Exception>();
        Count(host, "tool");

        await db.Database.ExecuteSqlAsync($"""ALTER TABLE "Away" RENAME TO "UsageCounts" """);

        (await TotalsAsync(host))[UsageMeasure.ToolCalls].Should().Be(2);
        (await TotalsAsync(host))[UsageMeasure.ToolCalls].Should().Be(2, "a second flush has nothing left");
    }

    [Fact]
    public async Task Counting_sends_no_statement_and_a_flush_of_nothing_neither()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        host.Statements.Take();

        foreach (var _ in Enumerable.Range(0, 1000)) Count(host, "tool");
        host.Statements.Take().Should().BeEmpty();
        await host.Get<UsageLedger>().FlushAsync();
        host.Statements.Take().Should().HaveCount(2, "one for each count that changed, however many calls there were");
        await host.Get<UsageLedger>().FlushAsync();

        host.Statements.Take().Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_written_every_few_seconds_and_when_the_server_stops()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(DatabaseKind.Sqlite, time);
        var flush = host.Get<IEnumerable<IHostedService>>().OfType<UsageFlush>().Single();
        await flush.StartAsync(default);
        Count(host, "tool");

        await Poll.UntilAsync(
            async () =>
            {
                time.Advance(UsageFlush.Interval);
                return await StoredAsync(host) == 1;
            },
            "the flush");
        Count(host, "tool");
        await flush.StopAsync(default);

        (await StoredAsync(host)).Should().Be(2);
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind, TimeProvider? time = null) =>
        await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres), time: time);

    /// <summary>A node has its own memory; the database is one.</summary>
    private static async Task CountOnANodeAsync(CoreHost host, int node)
    {
        var buffer = new UsageBuffer();
        var meter = new ToolCallMeter(buffer, host.Get<UsageMetrics>(), TimeProvider.System);
        using var ledger = new UsageLedger(host.Database, buffer, host.Get<BuildMeter>());
        var actor = host.Owner with { ClientId = $"client-{node}" };
        for (var flush = 0; flush < 10; flush++)
        {
            for (var call = 0; call < 6; call++) meter.Count(actor, $"tool-{call % 3}", failed: call % 3 == 0);
            await ledger.FlushAsync();
        }
    }

    private static void Count(CoreHost host, string tool) => host.Get<ToolCallMeter>().Count(host.Owner, tool, failed: false);

    private static async Task<UsageTotals> TotalsAsync(CoreHost host, UsagePeriod period = UsagePeriod.ThirtyDays) =>
        (await host.Get<UsageQueries>().ReadAsync(host.Owner, period, default)).Totals;

    private static async Task<long> StoredAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.UsageCounts.Where(count => count.Measure == UsageMeasure.ToolCalls).SumAsync(count => count.Amount);
    }
}
