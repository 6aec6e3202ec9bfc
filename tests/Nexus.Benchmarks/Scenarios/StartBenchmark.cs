using System.Diagnostics;
using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>How long the server takes to be ready, and what it holds then; beside it a bare server of the same SDK.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task<Section> RunAsync()
    {
        await using var prepared = await NexusServerProcess.StartAsync(new NexusServerOptions());
        await prepared.StopAsync();
        var results = await Contest.RunAsync<Figures>(
            Rounds,
            new("Nexus, empty data folder", () => MeasureAsync(new NexusServerOptions())),
            new("Nexus, existing data folder", () => MeasureAsync(new NexusServerOptions { Data = prepared.Data })),
            new("bare C# SDK server", () => MeasureAsync(Peer.StartSdkAsync)),
            new("oidc-provider, in memory", () => MeasureAsync(Peer.StartOidcAsync)));
        var rows = results.Select(pair =>
            $"| {pair.Key} | {new Samples(pair.Value.Select(figures => figures.Seconds)).Cells("0.00")} | {new Samples(pair.Value.Select(figures => figures.MiB)).Cells("0")} |");
        return new(
            "From the start of the process until it is ready, and idle memory",
            "All roles, SQLite. Memory is what is resident 5 s later. Targets: ready in 1.5 s with an existing data folder, 160 MiB.",
            $"""
            | | ready, median s | range | memory, median MiB | range |
            |---|---|---|---|---|
            {string.Join('\n', rows)}
            """);
    }

    private static Task<Figures> MeasureAsync(NexusServerOptions options) => MeasureAsync(async () =>
    {
        var server = await NexusServerProcess.StartAsync(options);
        return (server, server.ProcessId);
    });

    private static Task<Figures> MeasureAsync(Func<Task<Peer>> start) => MeasureAsync(async () =>
    {
        var peer = await start();
        return (peer, peer.ProcessId);
    });

    private static async Task<Figures> MeasureAsync(Func<Task<(IAsyncDisposable Server, int Process)>> start)
    {
        var clock = Stopwatch.StartNew();
        var (server, process) = await start();
        var ready = clock.Elapsed;
        await Task.Delay(Settling); // Idle is a while after the start.
        var memory = ProcessFigures.Memory(process);
        await server.DisposeAsync();
        return new(ready.TotalSeconds, memory);
    }

    private sealed record Figures(double Seconds, double MiB);
}
