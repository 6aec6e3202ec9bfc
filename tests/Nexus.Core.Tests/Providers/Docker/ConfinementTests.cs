using FluentAssertions;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class ConfinementTests(Shared<DockerEngine> engine)
{
    private static readonly HealthProbe Probe = new(TimeProvider.System);

    /// <summary>CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, NET_BIND_SERVICE: bits 0, 1, 3, 4, 5, 6, 7, 10.</summary>
    private const string KeptCapabilities = "00000000000004fb";

    [Fact]
    public async Task A_replica_has_few_capabilities_and_cannot_gain_any()
    {
        var status = await OutputAsync("cat /proc/self/status");

        status.Should().Contain($"CapBnd:\t{KeptCapabilities}").And.Contain($"CapEff:\t{KeptCapabilities}").And.Contain("NoNewPrivs:\t1");
    }

    [Theory]
    [InlineData("mknod /tmp/disk b 8 0")]
    [InlineData("mount -t tmpfs none /mnt")]
    [InlineData("chroot / true")]
    [InlineData("ping -c 1 127.0.0.1")]
    [InlineData("hostname changed")]
    [InlineData("ls /var/run/docker.sock")]
    public async Task A_replica_may_not(string command)
    {
        var output = await OutputAsync($"if {command}; then echo allowed; else echo refused; fi");

        output.Should().Contain("refused").And.NotContain("allowed");
    }

    [Fact]
    public async Task Ordinary_images_become_another_user_listen_on_port_80_and_own_their_folders()
    {
        var output = await OutputAsync(
            "mkdir /data && chown 999:999 /data && (httpd -p 80 -u 999:999 && wget -qO /dev/null http://127.0.0.1/bin/busybox && kill $(pidof httpd) && echo works)");

        output.Should().EndWith("works");
    }

    [Fact]
    public async Task Limits_are_the_kernels()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var replica = await test.StartAsync(test.Spec() with { Limits = new ReplicaLimits(64 * 1024 * 1024, 0.5, 40) });

        var limits = await test.Engine.Cli.RunAsync(
            "inspect", "--format",
            "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.Privileged}} {{json .HostConfig.Binds}} {{len .Mounts}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.LogConfig.Type}}",
            replica.Id);

        limits.Should().Be("67108864 67108864 500000000 40 false null 0 no json-file");
    }

    [Fact]
    public async Task More_processors_than_the_engine_has_are_as_many_as_it_has()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var replica = await test.StartAsync(test.Spec() with { Limits = ReplicaLimits.Default with { Cpus = 4096 } });

        replica.State.Should().Be(ReplicaState.Running);
    }

    [Fact]
    public async Task A_fork_bomb_stops_at_its_limit()
    {
        var output = await OutputAsync(
            "i=0; while [ $i -lt 60 ]; do sleep 60 & i=$((i+1)); done; echo all", new ReplicaLimits(64 * 1024 * 1024, 1, 20));

        output.Should().NotContain("all");
    }

    [Fact]
    public async Task PORT_is_the_containers_port_whatever_the_caller_says()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.StartAsync(test.Spec("sh", "-c", "echo $PORT $COLOUR") with
        {
            Variables = new Dictionary<string, string> { ["PORT"] = "1", ["COLOUR"] = "dark blue=1" },
        });

        var ended = await test.UntilExitedAsync();

        (await test.LogsAsync(ended)).Should().ContainSingle().Which.Text.Should().Be("8080 dark blue=1");
    }

    [Fact]
    public async Task Projects_cannot_reach_each_other_but_a_projects_replicas_can()
    {
        await using var theirs = await TestProvider.CreateAsync(engine);
        await using var ours = await TestProvider.CreateAsync(engine);
        var target = await theirs.StartAsync(theirs.Spec());
        var sibling = await ours.StartAsync(ours.Spec());

        foreach (var replica in new[] { target, sibling })
            await Poll.UntilAsync(
                async () => (await Probe.ProbeAsync(replica.Address!, HealthCheck.Tcp, CancellationToken.None)).Passed, "the servers to listen");

        string Try(Replica replica) => $"nc -w 2 {replica.Address!.Replace(':', ' ')} </dev/null && echo reached || echo failed";
        await ours.StartAsync(ours.Spec("sh", "-c", $"{Try(sibling)}; {Try(target)}") with { Ordinal = 1 });
        await Poll.UntilAsync(
            async () => (await ours.ListAsync())[1].State == ReplicaState.Exited, "the attempts to end");

        var output = (await ours.LogsAsync((await ours.ListAsync())[1])).Where(line => line.Stream == "stdout").Select(line => line.Text);
        output.Should().Equal("reached", "failed");
    }

    private async Task<string> OutputAsync(string script, ReplicaLimits? limits = null)
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var spec = test.Spec("sh", "-c", script);
        await test.StartAsync(limits is null ? spec : spec with { Limits = limits });
        var ended = await test.UntilExitedAsync();
        return string.Join('\n', (await test.LogsAsync(ended)).Select(line => line.Text));
    }
}
