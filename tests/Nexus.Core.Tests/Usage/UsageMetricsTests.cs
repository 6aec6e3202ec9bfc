using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FluentAssertions;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Xunit;

namespace Nexus.Core.Tests.Usage;

public sealed class UsageMetricsTests
{
    [Fact]
    public async Task What_is_counted_is_in_the_metrics_without_organisation_and_client()
    {
        await using var host = await CoreHost.StartAsync();
        var meters = host.Get<IMeterFactory>();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == UsageMetrics.MeterName && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, amount, tags, _) =>
            seen.Enqueue($"{instrument.Name} {amount} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        var calls = host.Get<ToolCallMeter>();
        listener.Start();

        calls.Count(host.Owner, "tool", failed: false);
        calls.Count(host.Owner, "tool", failed: true);
        calls.CountRefused("tool");

        seen.Should().Equal(
            "nexus.tool.calls 1 nexus.tool=tool nexus.outcome=succeeded",
            "nexus.tool.calls 1 nexus.tool=tool nexus.outcome=failed",
            "nexus.tool.calls 1 nexus.tool=tool nexus.outcome=refused");
    }
}
