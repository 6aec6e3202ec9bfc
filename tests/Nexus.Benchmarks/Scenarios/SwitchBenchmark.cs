using System.Globalization;
using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>The same application put in the place of itself while visitors come, by Nexus and by the two scripts that people write around Caddy.</summary>
internal static class SwitchBenchmark
{
    private const int Rounds = 3;
    private const int Redeploys = 3;
    private const int PerSecond = 200;
    private const string Name = "switch";

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync(null, BaseImage.Web);
        var engine = stage.Engine!;
        await stage.Agent.CallAsync("nexusai_deploy_create", new { image = BaseImage.Web.Tags[0], port = 8000, name = Name, healthCheckUrl = "/" });
        await stage.Agent.SettledStatusAsync(Name);
        var running = await Container.StartAsync(engine, LoopbackPort.Next());
        await using var caddy = await Proxy.StartCaddyAsync(running.Address);
        var results = await Contest.RunAsync<Outcome>(
            Rounds,
            new("Nexus", () => MeasureAsync(new Uri($"http://{Name}.localhost:{stage.Server.BaseUrl.Port}/"), async number =>
            {
                await stage.Agent.CallAsync("nexusai_deploy_redeploy", new { deploymentId = Name, overrides = new { envVars = new { VERSION = $"{number}" } } });
                await stage.Agent.SettledStatusAsync(Name);
            })),
            new("Caddy, start then switch", () => MeasureAsync(caddy.Address, async _ =>
            {
                var next = await Container.StartAsync(engine, LoopbackPort.Next());
                await caddy.ReloadCaddyAsync(next.Address);
                await running.StopAsync();
                running = next;
            })),
            new("Caddy, stop then start", () => MeasureAsync(caddy.Address, async _ =>
            {
                await running.StopAsync();
                running = await Container.StartAsync(engine, running.Port);
            })));
        return new(
            "Putting a new version in place",
            $"{PerSecond} requests a second, half over kept and half over new connections, {Redeploys} redeploys in each round; all rounds together. "
                + "The scripts: `docker stop`, then `docker run` at the same port; and `docker run` beside it, `caddy reload`, `docker stop`.",
            $"""
            | | requests | failed | worst ms, median of the rounds | range |
            |---|---|---|---|---|
            {string.Join('\n', results.Select(pair => Row(pair.Key, pair.Value)))}
            """);
    }

    private static string Row(string name, IReadOnlyList<Outcome> rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {rounds.Sum(round => round.Requests)} | {rounds.Sum(round => round.Failed)} | {new Samples(rounds.Select(round => round.WorstMs)).Cells("0")} |");

    private static async Task<Outcome> MeasureAsync(Uri address, Func<int, Task> redeploy)
    {
        await using var load = SteadyLoad.Start(address, PerSecond);
        foreach (var number in Enumerable.Range(1, Redeploys)) await redeploy(number);
        var all = await load.StopAsync();
        return new(all.Count, all.Count(one => one.Failure is not null), all.Max(one => one.Took.TotalMilliseconds));
    }

    private sealed record Outcome(int Requests, int Failed, double WorstMs);

    /// <summary>The application in a container that Nexus knows nothing of.</summary>
    private sealed record Container(DockerEngine Engine, string Id, int Port)
    {
        public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

        public static async Task<Container> StartAsync(DockerEngine engine, int port)
        {
            var id = await engine.Cli.RunAsync("run", "--detach", "--env", "PORT=8000", "--publish", $"127.0.0.1:{port}:8000", BaseImage.Web.Tags[0]);
            await Visitor.UntilAnsweredAsync(new Uri($"http://localhost:{port}/"));
            return new(engine, id, port);
        }

        public async Task StopAsync() => await Engine.Cli.RunAsync("stop", Id);
    }
}
