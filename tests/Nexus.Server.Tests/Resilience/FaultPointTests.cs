using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Resilience;

/// <summary>The server is killed right before and right after each thing that the reconciler does; the next start brings all to its end.</summary>
public sealed class FaultPointTests : IAsyncLifetime
{
    private static readonly string[] Rollout =
    [
        "ResolveImage before 1", "ResolveImage after 1", "PrepareProject after 1", "StartReplica before 1", "StartReplica after 1", "StartReplica after 2",
        "Observe after 2", "Switch after 1", "RemoveReplica before 1", "RemoveReplica after 1", "RemoveReplica after 2",
    ];

    private static readonly string[] Up = ["StartReplica before 1", "StartReplica after 1", "Switch after 1"];
    private static readonly string[] Down = ["Switch after 1", "RemoveReplica before 1", "RemoveReplica after 1"];
    private static readonly string[] Deletion = ["RemoveReplica before 1", "RemoveReplica after 1", "CleanUp before 1", "CleanUp after 1"];

    private DockerEngine _engine = null!;
    private NexusServerProcess _server = null!;
    private ServerAgent _agent = null!;

    [Fact]
    public async Task A_rollout_cut_off_at_any_step_comes_to_its_end_once()
    {
        await CreateAsync("rolled", replicas: 2);
        foreach (var (number, point) in Rollout.Index())
        {
            var overrides = new { envVars = new Dictionary<string, string> { ["N"] = $"{number}" } };
            await CutOffAsync(point, () => _agent.CallAsync("nexusai_deploy_redeploy", new { deploymentId = "rolled", overrides }));

            (await _agent.SettledStatusAsync("rolled")).Should().Be("RUNNING", "the server was killed at {0}", point);
            await HoldsAsync("rolled", number + 2, 2, point);
        }
    }

    [Fact]
    public async Task Scaling_cut_off_at_any_step_comes_to_its_end_once()
    {
        await CreateAsync("scaled", replicas: 1);
        foreach (var (up, down) in Up.Zip(Down))
        {
            await CutOffAsync(up, () => _agent.CallAsync("nexusai_deploy_scale", new { deploymentId = "scaled", replicas = 2 }));
            await HoldsAsync("scaled", 1, 2, up);
            await CutOffAsync(down, () => _agent.CallAsync("nexusai_deploy_scale", new { deploymentId = "scaled", replicas = 1 }));
            await HoldsAsync("scaled", 1, 1, down);
        }
    }

    [Fact]
    public async Task A_deletion_cut_off_at_any_step_leaves_nothing()
    {
        foreach (var (number, point) in Deletion.Index())
        {
            await CreateAsync($"gone-{number}", replicas: 1);
            await CutOffAsync(point, () => _agent.CallAsync("nexusai_deploy_delete", new { deploymentId = $"gone-{number}" }));

            await Poll.UntilAsync(async () => (await ContainersAsync($"gone-{number}")).Length == 0, $"nothing to be left after {point}", TimeSpan.FromSeconds(60));
        }

        await Poll.UntilAsync(
            async () => !(await _engine.Cli.RunAsync("network", "ls", "--format", "{{.Name}}")).Contains("nexus-", StringComparison.Ordinal),
            "the project's network to go", TimeSpan.FromSeconds(60));
    }

    public async ValueTask InitializeAsync()
    {
        _engine = await DockerEngine.StartEmptyAsync();
        await _engine.LoadAsync(BaseImage.Busybox);
        _server = await NexusServerProcess.StartAsync(new NexusServerOptions
        {
            Docker = _engine,
            Variables = ServerAgent.OwnerVariables,
            Program = Repository.At("tests", "Nexus.FaultyServer", "bin", Repository.Configuration, "net10.0", "Nexus.FaultyServer.dll"),
        });
        _agent = new ServerAgent(_server.BaseUrl);
        await _agent.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    /// <summary>The server must die at that point, or the test fails.</summary>
    private async Task CutOffAsync(string point, Func<Task> command)
    {
        await File.WriteAllTextAsync(Path.Combine(_server.Data, "fault"), point);
        await command();
        (await _server.WaitForExitAsync()).Should().Be(137, "it should be killed at {0}", point);
        await _server.StartAgainAsync();
    }

    private async Task CreateAsync(string name, int replicas)
    {
        string[] command = ["sh", "-c", "exec httpd -f -p 8000 -h /www"];
        await _agent.CallAsync("nexusai_deploy_create", new { image = "alpine:nexus-test", port = 8000, name, replicas, command });
        (await _agent.SettledStatusAsync(name)).Should().Be("RUNNING");
    }

    /// <summary>Exactly the wanted replicas of the wanted revision, and no others, running or not.</summary>
    private async Task HoldsAsync(string name, int revision, int replicas, string point)
    {
        await ReadyAsync(name, replicas, point);
        var wanted = Enumerable.Range(0, replicas).Select(ordinal => $"nexus-{name}-r{revision}-{ordinal}").ToArray();
        var found = Array.Empty<string>();
        await Poll.UntilAsync(
            async () => (found = await ContainersAsync(name)).Order().SequenceEqual(wanted),
            $"{string.Join(", ", wanted)} after {point}", TimeSpan.FromSeconds(60), () => string.Join(", ", found));
    }

    /// <summary>Also that all of them take traffic, so that the next change begins from rest.</summary>
    private Task ReadyAsync(string name, int replicas, string point) => Poll.UntilAsync(
        async () => (await _agent.CallAsync("nexusai_deploy_status", new { deploymentId = name }))
            .GetProperty("deployment").GetProperty("replicasReady").GetInt32() == replicas,
        $"{replicas} replicas to be ready after {point}", TimeSpan.FromSeconds(60));

    /// <summary>Their names without the deployment's id.</summary>
    private async Task<string[]> ContainersAsync(string name) =>
        [.. (await _engine.Cli.RunAsync("ps", "--all", "--filter", $"name=nexus-{name}-", "--format", "{{.Names}}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(container => container[..container.LastIndexOf('-')])];
}
