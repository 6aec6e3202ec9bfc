using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class DockerEngineTests(Shared<DockerEngine> shared)
{
    [Fact]
    public async Task A_fresh_engine_runs_nginx_until_it_answers()
    {
        var docker = (await shared.GetAsync()).Cli;
        await docker.RunAsync("run", "--detach", "--name", "welcome", "--publish", "127.0.0.1::80", "nginx:latest");

        var page = await Http.UntilAnswersAsync(new Uri($"http://{await docker.RunAsync("port", "welcome", "80/tcp")}"));

        page.Should().Contain("Welcome to nginx!");
        await docker.RunAsync("rm", "--force", "welcome");
    }

    [Fact]
    public async Task A_container_reaches_its_own_network_and_no_other()
    {
        var docker = (await shared.GetAsync()).Cli;
        await docker.RunAsync("network", "create", "left");
        await docker.RunAsync("network", "create", "right");
        await docker.RunAsync("run", "--detach", "--name", "server", "--network", "left", "busybox:1", "httpd", "-f", "-p", "80", "-h", "/etc");
        var address = await docker.RunAsync("inspect", "--format", "{{.NetworkSettings.Networks.left.IPAddress}}", "server");

        (await FetchFromAsync(docker, "left", "server")).Should().Be(0);
        (await FetchFromAsync(docker, "left", address)).Should().Be(0);
        (await FetchFromAsync(docker, "right", address)).Should().NotBe(0);
    }

    [Fact]
    public async Task An_engine_keeps_its_data_when_it_is_restarted_or_killed()
    {
        await using var engine = await DockerEngine.StartEmptyAsync();
        await engine.LoadAsync(BaseImage.Busybox);
        await engine.Cli.RunAsync("network", "create", "kept");
        await engine.Cli.RunAsync("run", "--detach", "--name", "job", "--network", "kept", "busybox:1", "sleep", "1000");

        await engine.RestartAsync();
        (await StateAsync(engine, "job")).Should().Be("exited");
        await engine.Cli.RunAsync("start", "job");
        (await StateAsync(engine, "job")).Should().Be("running");

        await engine.KillAsync();
        await engine.StartAgainAsync();
        (await StateAsync(engine, "job")).Should().Be("exited");
        await engine.Cli.RunAsync("start", "job");
        (await StateAsync(engine, "job")).Should().Be("running");
    }

    [Fact]
    public async Task An_engine_that_ended_leaves_no_process_bridge_rule_or_folder()
    {
        var engine = await DockerEngine.StartEmptyAsync();
        await engine.LoadAsync(BaseImage.Busybox);
        var bridge = await engine.Cli.RunAsync("network", "inspect", "bridge", "--format", "{{index .Options \"com.docker.network.bridge.name\"}}");
        var network = await engine.Cli.RunAsync("network", "create", "leftover");
        await engine.Cli.RunAsync("run", "--detach", "--network", "leftover", "--publish", "127.0.0.1::80", "busybox:1", "sleep", "1000");

        await engine.DisposeAsync();

        Directory.Exists(Path.GetDirectoryName(engine.Socket)).Should().BeFalse();
        Directory.EnumerateDirectories("/sys/class/net").Select(Path.GetFileName).Should().NotContain([bridge, $"br-{network[..12]}"]);
        foreach (var table in new[] { "filter", "nat" })
            (await Shell.RunAsync(new(Tool.Path("iptables"), "--table", table, "--list-rules"))).Required
                .Should().NotContainAny(bridge, bridge.ToUpperInvariant(), network[..12]);
    }

    [Fact]
    public async Task An_engine_ends_with_a_test_process_that_is_killed()
    {
        using var folder = new TemporaryFolder();
        var socket = folder.At("docker.sock");
        var holder = "{ echo start; echo $BASHPID >&2; exec sleep 600; }";
        await using var engine = ChildProcess.Start(new("bash", "-c", $"{holder} | exec {Tool.Script("docker-engine.sh")} {folder.Path} {folder.At("state")}"));
        await Poll.UntilAsync(() => File.Exists(socket), "the socket", detail: engine.Log.ToString);

        await Shell.RunAsync(new("kill", "-KILL", engine.Log.Error[0]));

        (await engine.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Images_are_built_from_a_Dockerfile_and_files()
    {
        var docker = (await shared.GetAsync()).Cli;
        await docker.BuildAsync("alpine:hello", "FROM alpine:nexus-test\nCOPY words /words\nCMD [\"cat\", \"/words\"]", ("words", "hello"));
        (await docker.RunAsync("run", "--rm", "alpine:hello")).Should().Be("hello");
    }

    private static async Task<int> FetchFromAsync(DockerCli docker, string network, string host) =>
        (await docker.TryAsync(["run", "--rm", "--init", "--network", network, "busybox:1", "timeout", "2", "wget", "-q", "-O-", $"http://{host}/passwd"])).ExitCode;

    private static Task<string> StateAsync(DockerEngine engine, string container) =>
        engine.Cli.RunAsync("inspect", "--format", "{{.State.Status}}", container);
}
