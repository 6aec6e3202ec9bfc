using FluentAssertions;
using Nexus.Core.Providers;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class ReplicaLifeTests(Shared<DockerEngine> engine)
{
    [Fact]
    public async Task A_started_replica_answers_at_its_address()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var replica = await test.StartAsync(test.Spec());

        replica.State.Should().Be(ReplicaState.Running);
        replica.StartedAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        (replica.EndedAt, replica.ExitCode, replica.Reason).Should().Be((null, null, null));
        await UntilAnsweringAsync(replica);
    }

    [Fact]
    public async Task A_replica_that_is_started_twice_is_one_container()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var first = await test.StartAsync(test.Spec());

        var second = await test.StartAsync(test.Spec());

        second.Should().Be(first);
    }

    [Fact]
    public async Task Racing_starts_make_each_replica_once_on_one_network()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var specs = Enumerable.Range(0, 9).Select(number => test.Spec() with { Ordinal = number % 3 });

        await Task.WhenAll(specs.Select(spec => StartUntilDoneAsync(test, spec)));

        (await test.ListAsync()).Select(replica => replica.Ordinal).Should().Equal(0, 1, 2);
        var networks = await test.Engine.Cli.RunAsync("network", "ls", "--quiet", "--filter", $"label=nexus.project={test.ProjectId}");
        networks.Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task A_stopped_replica_keeps_its_log_and_can_start_again()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec("sh", "-c", "echo started; exec httpd -f -p 8080"));
        await Poll.UntilAsync(async () => (await test.LogsAsync(replica)).Count == 1, "the first line");

        await test.Provider.StopReplicaAsync(replica.Id, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        var stopped = (await test.ListAsync()).Single();
        stopped.State.Should().Be(ReplicaState.Exited);
        stopped.Address.Should().BeNull();
        (await test.LogsAsync(stopped)).Should().ContainSingle().Which.Text.Should().Be("started");

        var again = await test.StartAsync(test.Spec());
        again.Id.Should().Be(replica.Id);
        await UntilAnsweringAsync(again);
    }

    [Fact]
    public async Task A_replica_that_ends_shows_its_exit_code_and_time()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.StartAsync(test.Spec("sh", "-c", "exit 3"));

        var ended = await test.UntilExitedAsync();

        ended.ExitCode.Should().Be(3);
        ended.EndedAt.Should().BeCloseTo(ended.StartedAt!.Value, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_replica_that_ran_out_of_memory_says_so()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        // tail keeps the whole line, and there is no end to it.
        await test.StartAsync(test.Spec("tail", "/dev/zero") with { Limits = new ReplicaLimits(16 * 1024 * 1024, 1, 32) });

        var ended = await test.UntilExitedAsync();

        ended.Reason.Should().Be("it ran out of memory (limit 16 MiB)");
        ended.ExitCode.Should().Be(137);
    }

    [Fact]
    public async Task A_command_that_the_image_lacks_is_the_reason_why_the_replica_ended()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.StartAsync(test.Spec("no-such-program"));

        var ended = await test.UntilExitedAsync();

        ended.Reason.Should().Be("the command was not found in the image (exit code 127)");
        (await test.LogsAsync(ended)).Should().Contain(line => line.Text.Contains("no-such-program"));
    }

    [Fact]
    public async Task An_image_that_cannot_be_started_is_not_tried_again()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.BuildAsync("ghost:1", $"FROM {TestProvider.Image}\nUSER ghost");

        var start = () => test.StartAsync(test.Spec() with { Image = "ghost:1" });

        var failure = (await start.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("CONTAINER_START_FAILED", false));
        failure.Message.Should().Be(
            "The container could not be started: unable to find user ghost: no matching entries in passwd file.");
        var replica = (await test.ListAsync()).Should().ContainSingle().Which;
        replica.State.Should().Be(ReplicaState.Exited);
        replica.Reason.Should().StartWith("unable to find user ghost");
    }

    [Fact]
    public async Task A_replica_is_asked_to_end_before_it_is_removed()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.BuildAsync("graceful:1", $"FROM {TestProvider.Image}\nSTOPSIGNAL SIGUSR1");
        var spec = test.Spec("sh", "-c", "trap 'exit 7' USR1; echo ready; while :; do sleep 0.1; done");
        var replica = await test.StartAsync(spec with { Image = "graceful:1" });
        await Poll.UntilAsync(async () => (await test.LogsAsync(replica)).Count == 1, "the trap to be set");

        await test.Provider.StopReplicaAsync(replica.Id, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        (await test.ListAsync()).Single().ExitCode.Should().Be(7, "the trap ran");
    }

    [Fact]
    public async Task A_replica_that_ignores_the_request_is_killed_after_its_grace()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.BuildAsync("stubborn:1", $"FROM {TestProvider.Image}\nSTOPSIGNAL SIGUSR1");
        var spec = test.Spec("sh", "-c", "trap '' USR1; echo ready; while :; do sleep 0.1; done");
        var replica = await test.StartAsync(spec with { Image = "stubborn:1" });
        await Poll.UntilAsync(async () => (await test.LogsAsync(replica)).Count == 1, "the signal to be ignored");

        await test.Provider.StopReplicaAsync(replica.Id, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        (await test.ListAsync()).Single().Reason.Should().Be("it was killed (SIGKILL)");
    }

    [Fact]
    public async Task Removing_is_done_when_the_replica_is_gone_whoever_removed_it()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            test.Provider.RemoveReplicaAsync(replica.Id, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)));
        await test.Provider.RemoveReplicaAsync(replica.Id, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        (await test.ListAsync()).Should().BeEmpty();
    }

    /// <summary>As the reconciler does: what is transient is tried again.</summary>
    private static async Task StartUntilDoneAsync(TestProvider test, ReplicaSpec spec) => await Poll.UntilAsync(
        async () =>
        {
            try
            {
                await test.Provider.StartReplicaAsync(spec, TestContext.Current.CancellationToken);
                return true;
            }
            catch (ProviderException failure) when (failure.Transient)
            {
                return false;
            }
        },
        "the replica to start");

    private static async Task UntilAnsweringAsync(Replica replica)
    {
        using var http = new HttpClient();
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync($"http://{replica.Address}/bin/busybox")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the replica to answer");
    }
}
