using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Usage;

public sealed class UsagePruningTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Days_go_when_they_are_older_than_they_are_kept(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres), time: time);
        var today = UsageDay.Of(time.GetUtcNow());
        foreach (var age in new[] { 0, UsagePruning.KeptDays, UsagePruning.KeptDays + 1 })
            host.Get<UsageBuffer>().Add(new(host.Owner.OrganizationId, today.AddDays(-age), UsageMeasure.ToolCalls, "tool"));
        await host.Get<UsageLedger>().FlushAsync();

        await ActivatorUtilities.CreateInstance<UsagePruning>(host.Get<IServiceProvider>()).PruneAsync(default);

        await using var db = await host.Database.CreateDbContextAsync();
        (await db.UsageCounts.OrderBy(count => count.Day).Select(count => count.Day).ToListAsync())
            .Should().Equal(today.AddDays(-UsagePruning.KeptDays), today);
    }
}
