using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Usage;

public sealed class CurrentUseTests
{
    [Fact]
    public async Task An_engine_that_hangs_is_not_waited_for_and_the_rest_is_told()
    {
        using var engine = new TcpListener(IPAddress.Loopback, 0);
        engine.Start(); // It takes connections and says nothing.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await CoreHost.StartAsync(dockerHost: $"tcp://{engine.LocalEndpoint}", time: time);
        await RunningAsync(host);

        var asking = host.Get<UsageQueries>().ReadAsync(host.Owner, UsagePeriod.Today, default);
        await Poll.UntilAsync(
            () =>
            {
                time.Advance(CurrentUse.Limit);
                return asking.IsCompleted;
            },
            "the answer");

        var report = await asking;
        report.Machine.Should().BeEquivalentTo(new { Cpus = (double?)null, MemoryBytes = (long?)null });
        report.Machine.UnknownBecause.Should().Contain("not answer");
        report.ReplicasReady.Should().Be(2, "that is what was last seen");
    }

    [Fact]
    public async Task Where_no_engine_is_the_reason_is_told()
    {
        await using var host = await CoreHost.StartAsync();
        await RunningAsync(host);

        var report = await host.Get<UsageQueries>().ReadAsync(host.Owner, UsagePeriod.Today, default);

        report.Machine.UnknownBecause.Should().Contain("no Docker Engine");
    }

    /// <summary>A deployment that was last seen running with two replicas.</summary>
    private static async Task RunningAsync(CoreHost host)
    {
        await RecordedDeployments.AddAsync(host.Database, 1);
        await using var db = await host.Database.CreateDbContextAsync();
        db.Deployments.Single().ReadyReplicas = 2;
        await db.SaveChangesAsync();
    }
}
