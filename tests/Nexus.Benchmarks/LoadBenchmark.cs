using Nexus.Testing;

namespace Nexus.Benchmarks;

/// <summary>200 requests a second through everything that may happen to a deployment: how many fail, and how long the slowest takes.</summary>
internal static class LoadBenchmark
{
    public static async Task RunAsync()
    {
        await using var engine = await DockerEngine.StartEmptyAsync();
        await engine.LoadAsync(BaseImage.Busybox);
        await engine.LoadAsync(BaseImage.Web);
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions { Docker = engine, Variables = ServerAgent.OwnerVariables });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();

        Console.WriteLine(await new ChangesUnderLoad(server, engine, agent).RunAsync(new ChangePlan(PerSecond: 200, Redeploys: 10, Rollbacks: 3)));
    }
}
