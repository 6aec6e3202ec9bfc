using Nexus.Benchmarks.Measuring;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>200 requests a second through everything that may happen to a deployment: how many fail, and how long the slowest takes.</summary>
internal static class LoadBenchmark
{
    private static readonly ChangePlan Plan = new(PerSecond: 200, Redeploys: 10, Rollbacks: 3);

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync(null, BaseImage.Busybox, BaseImage.Web);
        var report = await new ChangesUnderLoad(stage.Server, stage.Engine!, stage.Agent).RunAsync(Plan);
        Console.WriteLine(report);
        return new(
            "Redeploying under load",
            $"{Plan.PerSecond} requests a second, half over kept and half over new connections, with 10 s streams and WebSockets, through "
                + $"{Plan.Redeploys} redeploys, {Plan.Rollbacks} rollbacks, a rollout that fails, scaling 1 → 5 → 2, and a replica killed by hand. Target: no request fails.",
            $"""
            | requests | failed | on the killed replica | median ms | worst ms |
            |---|---|---|---|---|
            | {report.All.Count} | {report.Failed.Count} | {report.FailedAtTheKill} | {report.Median.TotalMilliseconds:0.0} | {report.Worst.TotalMilliseconds:0} |
            """);
    }
}
