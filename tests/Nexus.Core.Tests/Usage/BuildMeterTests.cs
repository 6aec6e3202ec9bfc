using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Providers;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Xunit;

namespace Nexus.Core.Tests.Usage;

public sealed class BuildMeterTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 23, 50, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_build_counts_while_it_goes_on_on_each_day_and_once()
    {
        await using var host = await CoreHost.StartAsync(time: _time);
        var running = host.Get<BuildMeter>().Begin(host.Owner.OrganizationId);
        var built = new TaskCompletionSource<string>();
        var building = running.CountAsync(() => built.Task);
        _time.Advance(TimeSpan.FromMinutes(25));

        var halfway = await TotalsAsync(host, UsagePeriod.SevenDays);
        (halfway.BuildTime, halfway[UsageMeasure.Builds]).Should().Be((TimeSpan.FromMinutes(25), 1), "a server that is killed now has counted that");
        (await TotalsAsync(host, UsagePeriod.LastMonth)).BuildTime.Should().Be(TimeSpan.FromMinutes(10));

        built.SetResult("image");
        await building;
        _time.Advance(TimeSpan.FromMinutes(5));
        running.Dispose();
        _time.Advance(TimeSpan.FromHours(1));

        var all = await TotalsAsync(host, UsagePeriod.SevenDays);
        (all.BuildTime, all[UsageMeasure.Builds], all[UsageMeasure.FailedBuilds]).Should().Be((TimeSpan.FromMinutes(30), 1, 0));
    }

    [Fact]
    public async Task A_build_that_came_to_nothing_is_a_failed_one_and_one_that_was_overtaken_is_not()
    {
        await using var host = await CoreHost.StartAsync(time: _time);
        using var running = host.Get<BuildMeter>().Begin(host.Owner.OrganizationId);

        await running.Invoking(build => build.CountAsync<string>(() => throw new ProviderException("BUILD_FAILED", "no", null, false))).Should().ThrowAsync<ProviderException>();
        await running.Invoking(build => build.CountAsync<string>(() => throw new OperationCanceledException())).Should().ThrowAsync<OperationCanceledException>();

        var totals = await TotalsAsync(host, UsagePeriod.SevenDays);
        (totals[UsageMeasure.Builds], totals[UsageMeasure.FailedBuilds]).Should().Be((2, 1));
    }

    private static async Task<UsageTotals> TotalsAsync(CoreHost host, UsagePeriod period) =>
        (await host.Get<UsageQueries>().ReadAsync(host.Owner, period, default)).Totals;
}
