using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>What the server takes of a processor while nobody asks anything of it.</summary>
internal static class IdleBenchmark
{
    private const int Running = 20;
    private const int Recorded = 1000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(30);

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync(null, BaseImage.Busybox);
        await using var sdk = await Peer.StartSdkAsync();
        await using var oidc = await Peer.StartOidcAsync();
        var nothing = await MeasureAsync(stage.Server.ProcessId);
        var names = Enumerable.Range(1, Running).Select(number => $"idle-{number}").ToList();
        foreach (var name in names) await stage.Agent.CallAsync("nexusai_deploy_create", Application(name));
        foreach (var name in names) await stage.Agent.SettledStatusAsync(name);
        var running = await MeasureAsync(stage.Server.ProcessId);
        await stage.RecordAsync(Recorded - Running);
        var recorded = await MeasureAsync(stage.Server.ProcessId);
        var beside = (Sdk: await MeasureAsync(sdk.ProcessId), Oidc: await MeasureAsync(oidc.ProcessId));
        return new(
            "Idle",
            "The share of one core over 30 s, three times, 5 s after the last change. Target: under 2 % with 1,000 recorded of which 20 run.",
            $"""
            | | median % of a core | range |
            |---|---|---|
            | Nexus, no deployments | {nothing.Cells("0.0")} |
            | Nexus, {Running} run | {running.Cells("0.0")} |
            | Nexus, {Running} run, {Recorded} recorded | {recorded.Cells("0.0")} |
            | bare C# SDK server | {beside.Sdk.Cells("0.0")} |
            | oidc-provider, in memory | {beside.Oidc.Cells("0.0")} |
            """);
    }

    private static object Application(string name) =>
        new { image = BaseImage.Busybox.Tags[1], port = 8000, name, command = new[] { "httpd", "-f", "-p", "8000", "-h", "/www" } };

    private static async Task<Samples> MeasureAsync(int process)
    {
        await Task.Delay(TimeSpan.FromSeconds(5)); // Idle is a while after the last change.
        var shares = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            shares.Add(100 * await ProcessFigures.ProcessorShareAsync(process, Span));
            Console.WriteLine($"  {shares[^1]:0.00} % of a core");
        }

        return new(shares);
    }
}
