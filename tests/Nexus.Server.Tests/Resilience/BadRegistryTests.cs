using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Resilience;

/// <summary>Registries that take connections and then say nothing, or hardly anything.</summary>
public sealed class BadRegistryTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task A_registry_that_hangs_or_trickles_fails_only_what_asks_for_it_with_its_name()
    {
        var engine = await engines.GetAsync();
        await using var silent = BadRegistry.StartSilent();
        await using var trickling = BadRegistry.StartTrickling();
        var settings = new Dictionary<string, string?>(ServerAgent.OwnerVariables)
        {
            ["Nexus__Images__AllowedPrefixes"] = $"{silent.Host}/,{trickling.Host}/",
            ["Nexus__Docker__PullStallTimeoutSeconds"] = "1",
        };
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions { Docker = engine, Variables = settings });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();

        await agent.CallAsync("nexusai_deploy_create", new { image = $"{silent.Host}/app:1", port = 80, name = "from-silent" });
        await agent.CallAsync("nexusai_deploy_create", new { image = $"{trickling.Host}/app:1", port = 80, name = "from-trickling" });
        await agent.CallAsync("nexusai_deploy_create", new { image = "nginx:latest", port = 80, name = "unaffected" });

        (await agent.SettledStatusAsync("unaffected")).Should().Be("RUNNING");
        (await OutcomeAsync(agent, "from-silent")).Should().Be("IN_PROGRESS", "it may still come");
        foreach (var (name, registry) in new[] { ("from-silent", silent), ("from-trickling", trickling) })
        {
            (await agent.SettledStatusAsync(name)).Should().Be("FAILED");
            var failure = (await agent.CallAsync("nexusai_deploy_status", new { deploymentId = name })).GetProperty("lastFailure");
            failure.GetProperty("code").GetString().Should().Be("REGISTRY_UNREACHABLE");
            failure.GetProperty("message").GetString().Should().Contain(registry.Host);
        }

        var id = (await agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "unaffected" })).GetProperty("deployment").GetProperty("id").GetString()!;
        (await agent.SettledStatusAsync(id)).Should().Be("DELETED", "its name is free again, its record stays");
    }

    private static async Task<string?> OutcomeAsync(ServerAgent agent, string name) =>
        (await agent.CallAsync("nexusai_deploy_status", new { deploymentId = name })).GetProperty("rollout").GetProperty("outcome").GetString();
}
