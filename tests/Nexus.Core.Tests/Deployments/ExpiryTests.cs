using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Deployments;

/// <summary>Deployments whose time is over.</summary>
public sealed class ExpiryTests(Shared<DockerEngine> engines)
{
    [Theory]
    [InlineData("nginx:latest", 80, RolloutOutcome.Succeeded)]
    [InlineData("nginx:latest", 9, RolloutOutcome.Superseded)]
    public async Task A_deployment_goes_when_its_time_is_over_wherever_its_rollout_was(string image, int port, RolloutOutcome outcome)
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(
            dockerHost: engine.Endpoint.OriginalString, worker: true, healthTimeout: TimeSpan.FromMinutes(10));
        var id = (await host.Commands.CreateAsync(
            host.Owner, new() { Image = image, Port = port, Name = "brief", AutoDestroyHours = 1 }, CommandOptions.None, default)).Deployment.Id;
        await Poll.UntilAsync(async () => (await ContainersAsync(engine, id)).Length > 0, "a container");
        if (outcome == RolloutOutcome.Succeeded) await host.SettledAsync("brief");

        await using (var db = await host.Database.CreateDbContextAsync())
        {
            await db.Deployments.Where(deployment => deployment.Id == id).ExecuteUpdateAsync(set => set
                .SetProperty(deployment => deployment.AutoDestroyAt, DateTimeOffset.UnixEpoch)
                .SetProperty(deployment => deployment.NextPassAt, DateTimeOffset.UnixEpoch));
        }

        await Poll.UntilAsync(async () => (await ContainersAsync(engine, id)).Length == 0, "the container to go");
        var report = await host.SettledAsync(id.ToString());
        report.Deployment.Status.Should().Be(DeploymentStatus.Deleted);
        report.Rollout!.Outcome.Should().Be(outcome);
        await using var after = await host.Database.CreateDbContextAsync();
        (await after.DeploymentEvents.CountAsync(happened => happened.DeploymentId == id && happened.Kind == "deployment.expired")).Should().Be(1);
    }

    private static Task<string> ContainersAsync(DockerEngine engine, Guid id) =>
        engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", $"label=nexus.deployment={id}");
}
