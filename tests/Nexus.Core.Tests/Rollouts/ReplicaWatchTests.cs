using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Rollouts;

public sealed class ReplicaWatchTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task A_replica_that_is_killed_is_started_again_without_waiting_for_the_next_round()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var id = (await host.Commands.CreateAsync(
            host.Owner, new() { Image = "nginx:latest", Port = 80, Name = "watched" }, CommandOptions.None, default)).Deployment.Id;
        (await host.SettledAsync("watched")).Deployment.Status.Should().Be(DeploymentStatus.Running);
        await PutOffAsync(host, id);
        var container = await engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}");
        var started = await StartedAsync(engine, container);

        await engine.Cli.RunAsync("kill", container);

        await Poll.UntilAsync(async () => (await StartedAsync(engine, container)) is var now && now != started && now.StartsWith("true"), "the container to be started again");
        await host.Commands.DeleteAsync(host.Owner, "watched", CommandOptions.None, default);
        await host.SettledAsync(id.ToString());
    }

    /// <summary>The next round is tomorrow, and whoever was in the middle of one has ended it.</summary>
    private static Task PutOffAsync(CoreHost host, Guid id) => Poll.UntilAsync(
        async () =>
        {
            await using var db = await host.Database.CreateDbContextAsync();
            return await db.Deployments
                .Where(deployment => deployment.Id == id && deployment.LeaseUntil == null)
                .ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.NextPassAt, DateTimeOffset.UtcNow.AddDays(1))) == 1;
        },
        "its next round to be put off");

    private static Task<string> StartedAsync(DockerEngine engine, string container) =>
        engine.Cli.RunAsync("inspect", "--format", "{{.State.Running}} {{.State.StartedAt}}", container);
}
