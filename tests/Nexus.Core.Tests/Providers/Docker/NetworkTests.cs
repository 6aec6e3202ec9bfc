using FluentAssertions;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Rollouts;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class NetworkTests(Shared<DockerEngine> engine)
{
    [Fact]
    public async Task The_projects_network_goes_with_its_last_replica()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec());
        await test.Provider.StopReplicaAsync(replica.Id, TimeSpan.Zero, TestContext.Current.CancellationToken);

        await test.Provider.CleanUpAsync(test.ProjectId, TestContext.Current.CancellationToken);
        (await NetworksAsync(test)).Should().NotBeEmpty("the stopped replica may start again");

        await test.Provider.RemoveReplicaAsync(replica.Id, TimeSpan.Zero, TestContext.Current.CancellationToken);
        await test.Provider.CleanUpAsync(test.ProjectId, TestContext.Current.CancellationToken);
        await test.Provider.CleanUpAsync(test.ProjectId, TestContext.Current.CancellationToken);
        (await NetworksAsync(test)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_replica_is_on_its_projects_network_and_no_other()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec());

        var joined = await test.Engine.Cli.RunAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.NetworkID}} {{end}}", replica.Id);

        joined.Trim().Should().StartWith(await NetworksAsync(test)).And.NotContain(" ");
    }

    [Fact]
    public async Task A_network_that_is_still_being_made_is_cleaned_up_too()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var began = DateTimeOffset.UtcNow;

        test.Provider.PrepareProject(Guid.CreateVersion7(), test.ProjectId);
        await test.Provider.CleanUpAsync(test.ProjectId, TestContext.Current.CancellationToken);

        var seen = await test.Engine.Cli.RunAsync(
            "events", "--since", $"{began:O}", "--until", $"{DateTimeOffset.UtcNow:O}", "--format", "{{.Action}}",
            "--filter", "type=network", "--filter", $"network={DockerNetworks.NameOf(test.ProjectId)}");
        seen.Split('\n').Should().Equal("create", "destroy");
    }

    [Fact]
    public async Task A_replica_whose_network_can_not_be_made_starts_once_it_can()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var bridge = DockerNetworks.BridgeOf(test.ProjectId, DockerOptions.DefaultBridgePrefix);
        var inTheWay = await test.Engine.Cli.RunAsync("network", "create", "--opt", $"{DockerNetworks.BridgeName}={bridge}", $"other-{test.ProjectId:N}");

        var refused = await test.Invoking(asked => asked.StartAsync(asked.Spec())).Should().ThrowAsync<ProviderException>();
        refused.Which.Transient.Should().BeTrue();
        (await test.ListAsync()).Should().NotContain(replica => replica.State == ReplicaState.Running);

        await test.Engine.Cli.RunAsync("network", "rm", inTheWay);
        (await test.StartAsync(test.Spec())).State.Should().Be(ReplicaState.Running);
    }

    [Fact]
    public async Task A_replica_whose_network_was_removed_by_hand_starts_on_a_new_one()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec());
        await test.Provider.StopReplicaAsync(replica.Id, TimeSpan.Zero, TestContext.Current.CancellationToken);
        await test.Engine.Cli.RunAsync("network", "rm", await NetworksAsync(test));

        var again = await test.StartAsync(test.Spec());

        again.State.Should().Be(ReplicaState.Running);
        again.Address.Should().NotBeNull();
    }

    [Fact]
    public async Task Published_replicas_are_reached_on_loopback_and_probed_honestly()
    {
        await using var test = await TestProvider.CreateAsync(engine, options => options with { Reach = DockerReach.Published });
        using var probe = new HealthProbe(TimeProvider.System);
        var listening = await test.StartAsync(test.Spec());
        var deaf = await test.StartAsync(test.Spec("sleep", "600") with { Ordinal = 1 });

        listening.Address.Should().StartWith("127.0.0.1:");
        await Poll.UntilAsync(
            async () => (await probe.ProbeAsync(listening.Address!, HealthCheck.Tcp, CancellationToken.None)).Passed,
            "the listening replica to pass");
        var result = await probe.ProbeAsync(deaf.Address!, HealthCheck.Tcp, CancellationToken.None);
        result.Reason.Should().Be("connection closed at once");
    }

    private static Task<string> NetworksAsync(TestProvider test) =>
        test.Engine.Cli.RunAsync("network", "ls", "--quiet", "--filter", $"label=nexus.project={test.ProjectId}");
}
