using System.Text.Json;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Resilience;

/// <summary>The server and the engine die at any moment; afterwards all is as wanted, nothing orphaned, nothing doubled.</summary>
public sealed class ConvergenceTests(Shared<DockerEngine> engines)
{
    /// <summary>Milliseconds after the command, spread over every step of a rollout as a small container takes it.</summary>
    private static readonly int[] Moments = [0, 60, 150, 300, 500, 800, 1200];

    [Fact]
    public async Task A_server_killed_at_any_step_goes_on_where_it_was()
    {
        var engine = await engines.GetAsync();
        await using var server = await StartAsync(engine);
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        foreach (var moment in Moments)
        {
            var name = $"killed-{moment}";
            await CutOffAsync(server, moment, () => CreateAsync(agent, name));
            (await agent.SettledStatusAsync(name)).Should().Be("RUNNING", "it was created {0} ms before the server died", moment);
            await AnswersAsync(server, name);
            (await ContainersAsync(engine, name)).Should().ContainSingle();

            var id = (await agent.CallAsync("nexusai_deploy_status", new { deploymentId = name })).GetProperty("deployment").GetProperty("id").GetString()!;
            await CutOffAsync(server, moment / 2, () => agent.CallAsync("nexusai_deploy_delete", new { deploymentId = name }));
            (await agent.SettledStatusAsync(id)).Should().Be("DELETED");
            (await ContainersAsync(engine, name)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_restarted_engine_gets_its_applications_back()
    {
        await using var engine = await DockerEngine.StartEmptyAsync();
        await engine.LoadAsync(BaseImage.Busybox);
        await using var server = await StartAsync(engine);
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        await CreateAsync(agent, "kept");
        (await agent.SettledStatusAsync("kept")).Should().Be("RUNNING");
        await CreateAsync(agent, "rolling");

        await engine.RestartAsync();

        await AnswersAsync(server, "kept");
        (await agent.SettledStatusAsync("rolling")).Should().Be("RUNNING");
        await AnswersAsync(server, "rolling");
        (await ContainersAsync(engine, "kept")).Should().ContainSingle();
        (await ContainersAsync(engine, "rolling")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_stopped_in_the_middle_ends_gracefully_and_goes_on_later()
    {
        var engine = await engines.GetAsync();
        await using var server = await StartAsync(engine);
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        await CreateAsync(agent, "graceful");

        (await server.StopAsync()).Should().Be(0);
        await server.StartAgainAsync();

        (await agent.SettledStatusAsync("graceful")).Should().Be("RUNNING");
        await agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "graceful" });
    }

    private static Task<NexusServerProcess> StartAsync(DockerEngine engine) =>
        NexusServerProcess.StartAsync(new NexusServerOptions { Docker = engine, Variables = ServerAgent.OwnerVariables });

    /// <summary>Kills the server some time after the command was taken, and starts it again.</summary>
    private static async Task CutOffAsync(NexusServerProcess server, int milliseconds, Func<Task> command)
    {
        await command();
        await Task.Delay(milliseconds); // The moment of death is what the test varies; nothing is waited for.
        await server.KillAsync();
        await server.StartAgainAsync();
    }

    private static Task<JsonElement> CreateAsync(ServerAgent agent, string name) => agent.CallAsync(
        "nexusai_deploy_create",
        new { image = "alpine:nexus-test", port = 8000, name, command = new[] { "sh", "-c", "echo hello >/tmp/index.html; exec httpd -f -p 8000 -h /tmp" } });

    private static async Task AnswersAsync(NexusServerProcess server, string name) =>
        (await Http.UntilAnswersAsync(new Uri($"http://{name}.localhost:{server.BaseUrl.Port}"), deadline: TimeSpan.FromSeconds(60))).Should().Contain("hello");

    private static async Task<IReadOnlyList<string>> ContainersAsync(DockerEngine engine, string name) =>
        (await engine.Cli.RunAsync("ps", "--all", "--filter", $"name=nexus-{name}-", "--format", "{{.Names}}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
