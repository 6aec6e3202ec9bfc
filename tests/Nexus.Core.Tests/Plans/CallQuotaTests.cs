using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Access;
using Nexus.Core.Plans;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Plans;

/// <summary>The plan's calls a day: in a crowd, over several nodes, past midnight and a restart.</summary>
public sealed class CallQuotaTests(Shared<PostgresServer> postgres)
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_hundred_calls_at_once_never_go_one_over(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind, limit: 50);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => TakeAsync(host.Get<CallQuota>(), host.Owner))));

        refusals.Count(refusal => refusal is null).Should().Be(50);
        refusals.Count(refusal => refusal is { IsFirst: true }).Should().Be(1, "the audit keeps one of a day");
        (await host.Get<CallQuota>().ReadAsync(host.Owner.OrganizationId, default))!.Used.Should().Be(50);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Nodes_know_of_each_others_calls_when_they_have_written_and_looked_again(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind, limit: 10);
        using var one = new Node(host, _time);
        using var two = new Node(host, _time);
        foreach (var _ in Enumerable.Range(0, 6)) (await TakeAsync(one.Quota, host.Owner)).Should().BeNull();
        (await TakeAsync(two.Quota, host.Owner)).Should().BeNull();

        await one.Ledger.FlushAsync();
        _time.Advance(CallQuota.LookAgain);

        foreach (var _ in Enumerable.Range(0, 3)) (await TakeAsync(two.Quota, host.Owner)).Should().BeNull();
        (await TakeAsync(two.Quota, host.Owner)).Should().NotBeNull("six and four are ten");
    }

    [Fact]
    public async Task The_refusal_says_how_many_there_are_and_when_it_begins_anew_and_then_it_does()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite, limit: 1);
        _time.SetUtcNow(new(2026, 11, 28, 23, 59, 58, TimeSpan.Zero));
        await TakeAsync(host.Get<CallQuota>(), host.Owner);

        var refusal = (await TakeAsync(host.Get<CallQuota>(), host.Owner))!.Error;
        _time.Advance(TimeSpan.FromSeconds(2));

        refusal.Code.Should().Be("QUOTA_EXCEEDED");
        refusal.Message.Should().Contain("allows 1 ").And.Contain("and 1 were");
        refusal.Hint.Should().Contain("2026-11-29T00:00:00Z").And.Contain("nexusai_usage_stats");
        (await TakeAsync(host.Get<CallQuota>(), host.Owner)).Should().BeNull();
    }

    [Fact]
    public async Task What_shows_why_is_free_and_another_organisation_has_its_own()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite, limit: 1);
        var (quota, stranger) = (host.Get<CallQuota>(), await host.StrangerAsync());
        await TakeAsync(quota, host.Owner);

        foreach (var free in new[] { Operation.WhoAmI, Operation.ReadUsage })
            (await quota.TakeAsync(host.Owner, free, default)).Should().BeNull();
        (await TakeAsync(quota, host.Owner)).Should().NotBeNull();
        (await TakeAsync(quota, host.Owner with { ClientId = "another", UserId = Guid.NewGuid() })).Should().NotBeNull("all of an organisation share it");
        (await TakeAsync(quota, stranger)).Should().BeNull();
    }

    [Fact]
    public async Task A_new_process_goes_on_with_what_was_written()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite, limit: 3);
        using (var before = new Node(host, _time))
        {
            await TakeAsync(before.Quota, host.Owner);
            await TakeAsync(before.Quota, host.Owner);
            await before.Ledger.FlushAsync();
        }

        using var after = new Node(host, _time);

        (await TakeAsync(after.Quota, host.Owner)).Should().BeNull();
        (await TakeAsync(after.Quota, host.Owner)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_check_reads_one_row_and_then_none_for_a_while()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite, limit: 1000);
        host.Statements.Take();

        foreach (var _ in Enumerable.Range(0, 500)) await TakeAsync(host.Get<CallQuota>(), host.Owner);

        host.Statements.Take().Should().ContainSingle();
    }

    private async Task<CoreHost> StartAsync(DatabaseKind kind, int limit) =>
        await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres), plan: new() { McpCallsPerDay = limit }, time: _time);

    private static async Task<CallRefusal?> TakeAsync(CallQuota quota, Actor actor) =>
        await quota.TakeAsync(actor, Operation.ListDeployments, default);

    /// <summary>Another process on the host's database.</summary>
    private sealed class Node : IDisposable
    {
        public Node(CoreHost host, TimeProvider time)
        {
            var buffer = new UsageBuffer();
            Ledger = new(host.Database, buffer, new BuildMeter(buffer, host.Get<UsageMetrics>(), time));
            Quota = new(host.Get<PlanOptions>(), Ledger, buffer, time);
        }

        public UsageLedger Ledger { get; }

        public CallQuota Quota { get; }

        public void Dispose() => Ledger.Dispose();
    }
}
