using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Tests.Plans;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Usage;

/// <summary>The time of replicas on a real engine, with the reconciler that counts it.</summary>
public sealed class ReplicaTimeTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task The_time_that_a_container_ran_by_the_engines_word_is_what_is_counted()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var created = await host.Commands.CreateAsync(host.Owner, ReplicaLimitTests.Small with { Name = "timed" }, CommandOptions.None, default);
        (await host.SettledAsync("timed")).Deployment.Status.Should().Be(DeploymentStatus.Running);
        await host.Commands.StopAsync(host.Owner, "timed", CommandOptions.None, default);
        await host.SettledAsync("timed");

        var times = (await ReplicaLimitTests.InspectAsync(engine, created.Deployment.Id, "{{.State.StartedAt}} {{.State.FinishedAt}}")).Split(' ');
        var ran = DateTimeOffset.Parse(times[1], null) - DateTimeOffset.Parse(times[0], null);

        (await ReplicaTimeAsync(host)).Should().BeCloseTo(ran, TimeSpan.FromMilliseconds(10));
        await host.Commands.DeleteAsync(host.Owner, "timed", CommandOptions.None, default);
        await host.SettledAsync(created.Deployment.Id.ToString());
        (await ReplicaTimeAsync(host)).Should().BeCloseTo(ran, TimeSpan.FromMilliseconds(10), "it did not run again");
    }

    private static async Task<TimeSpan> ReplicaTimeAsync(CoreHost host) =>
        (await host.Get<UsageQueries>().ReadAsync(host.Owner, UsagePeriod.SevenDays, default)).Totals.ReplicaTime;
}
