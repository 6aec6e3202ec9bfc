using System.Diagnostics;
using Nexus.Testing;

namespace Nexus.Benchmarks;

/// <summary>How long the server takes to be ready. Both ways alternate in one run, after a round that isn't counted.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 7;

    public static async Task RunAsync()
    {
        var (empty, existing) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions());
            var first = clock.Elapsed;
            await server.StopAsync();

            clock.Restart();
            await server.StartAgainAsync();
            var again = clock.Elapsed;
            await server.StopAsync();

            if (round == 0) continue;
            empty.Add(first);
            existing.Add(again);
        }

        Print("empty data folder   ", empty);
        Print("existing data folder", existing);
    }

    private static void Print(string what, List<TimeSpan> times)
    {
        times.Sort();
        Console.WriteLine(
            $"{what}  median {times[times.Count / 2].TotalSeconds:0.00} s  ({times[0].TotalSeconds:0.00} to {times[^1].TotalSeconds:0.00} s, {times.Count} rounds)");
    }
}
