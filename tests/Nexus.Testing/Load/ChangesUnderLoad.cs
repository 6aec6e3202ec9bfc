using System.Text.Json;

namespace Nexus.Testing;

/// <summary>How much of everything.</summary>
public sealed record ChangePlan(int PerSecond, int Redeploys, int Rollbacks);

/// <summary>
/// Everything that may happen to a deployment while visitors come steadily: redeploys, rollbacks, a rollout that fails, scaling up
/// and down, and a replica killed by hand; with streams and WebSockets open over each kind of change.
/// </summary>
public sealed class ChangesUnderLoad(NexusServerProcess server, DockerEngine engine, ServerAgent agent)
{
    private const string Name = "load";
    private const int LongVisit = 10;

    /// <summary>The engine needs <see cref="BaseImage.Web"/> and <see cref="BaseImage.Busybox"/>.</summary>
    public async Task<LoadReport> RunAsync(ChangePlan plan)
    {
        await agent.CallAsync("nexusai_deploy_create", new { image = BaseImage.Web.Tags[0], port = 8000, name = Name, healthCheckUrl = "/" });
        await SettleAsync("SUCCEEDED");
        await using var load = SteadyLoad.Start(new Uri($"http://{Name}.localhost:{server.BaseUrl.Port}/"), plan.PerSecond);

        await RepeatAsync(load, plan.Redeploys, number => CallAsync("redeploy", new { deploymentId = Name, overrides = new { envVars = new { VERSION = $"{number}" } } }));
        await RepeatAsync(load, plan.Rollbacks, _ => CallAsync("rollback", new { deploymentId = Name }));
        await CallAsync("redeploy", new { deploymentId = Name, overrides = new { image = BaseImage.Busybox.Tags[1] } });
        await SettleAsync("FAILED");
        await ScaleAsync(load, 5);
        await ScaleAsync(load, 2);
        var (began, ended) = await KillOneAsync();

        return new(await load.StopAsync(), began, ended);
    }

    private async Task RepeatAsync(SteadyLoad load, int times, Func<int, Task> change)
    {
        foreach (var number in Enumerable.Range(1, times))
        {
            if (number == 1) OpenLongVisits(load);
            await change(number);
            await SettleAsync("SUCCEEDED");
        }
    }

    private async Task ScaleAsync(SteadyLoad load, int replicas)
    {
        OpenLongVisits(load);
        await CallAsync("scale", new { deploymentId = Name, replicas });
        await ReadyAsync(replicas);
    }

    private static void OpenLongVisits(SteadyLoad load)
    {
        load.Stream(LongVisit);
        load.Converse(LongVisit);
    }

    private async Task<(DateTimeOffset Began, DateTimeOffset Ended)> KillOneAsync()
    {
        await NoneLeavesAsync();
        var replicas = await ContainersAsync();
        var began = TimeProvider.System.GetUtcNow();
        await engine.Cli.RunAsync("kill", replicas[0]);
        var ended = TimeProvider.System.GetUtcNow();
        await Poll.UntilAsync(async () => (await ContainersAsync()).Length == replicas.Length, "the killed replica to run again", TimeSpan.FromSeconds(60));
        await ReadyAsync(replicas.Length);
        return (began, ended);
    }

    /// <summary>Until those that left have been drained.</summary>
    private Task NoneLeavesAsync() => Poll.UntilAsync(
        async () => (await ContainersAsync()).Length == 2, "two replicas to be left", TimeSpan.FromSeconds(60));

    private Task<JsonElement> CallAsync(string change, object arguments) => agent.CallAsync($"nexusai_deploy_{change}", arguments);

    private async Task SettleAsync(string outcome)
    {
        await agent.SettledStatusAsync(Name);
        var status = await StatusAsync();
        if (status.GetProperty("rollout").GetProperty("outcome").GetString() != outcome)
            throw new InvalidOperationException($"The rollout should have {outcome}: {status}");
        await Poll.UntilAsync(
            async () => (status = await StatusAsync()).GetProperty("deployment").GetProperty("status").GetString() == "RUNNING",
            "the deployment to be running", TimeSpan.FromSeconds(60), () => $"{status}");
    }

    private Task ReadyAsync(int replicas) => Poll.UntilAsync(
        async () => (await StatusAsync()).GetProperty("deployment").GetProperty("replicasReady").GetInt32() == replicas,
        $"{replicas} replicas to be ready", TimeSpan.FromSeconds(60));

    private Task<JsonElement> StatusAsync() => agent.CallAsync("nexusai_deploy_status", new { deploymentId = Name });

    private async Task<string[]> ContainersAsync() =>
        (await engine.Cli.RunAsync("ps", "--quiet", "--filter", $"name=nexus-{Name}-")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
