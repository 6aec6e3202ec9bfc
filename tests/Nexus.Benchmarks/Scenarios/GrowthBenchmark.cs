using Nexus.Benchmarks.Measuring;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>Whether lists, status and the reconciler get slower as deployments become many, on both databases.</summary>
internal static class GrowthBenchmark
{
    private const int Rounds = 3;
    private const int Seconds = 3;
    private static readonly int[] Sizes = [100, 1_000, 10_000];

    public static async Task<Section> RunAsync()
    {
        await using var postgres = await PostgresServer.StartAsync(CancellationToken.None);
        await using var engine = await DockerEngine.StartAsync(CancellationToken.None);
        var (rows, idle) = (new List<string>(), new List<string>());
        foreach (var (kind, database) in new[] { ("SQLite", null), ("PostgreSQL", await postgres.CreateDatabaseAsync()) })
            rows.AddRange(await MeasureAsync(kind, database));
        foreach (var (kind, database) in new[] { ("SQLite", null), ("PostgreSQL", await postgres.CreateDatabaseAsync()) })
            idle.AddRange(await IdlePasses.MeasureAsync(kind, database, engine, Sizes));
        return new(
            "Growth",
            "`deploy_list` (20 of them) and `deploy_status` over MCP, one connection, median latency. Target: at 10,000 at most 1.5 × of 100.",
            $"""
            | | deployments | list, median ms | range | × | status, median ms | range | × |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}

            {IdlePasses.Text}

            | | deployments | look, median ms | range | × | pass, median ms | range | × | a straight line, × |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', idle)}
            """);
    }

    private static async Task<IEnumerable<string>> MeasureAsync(string kind, string? database)
    {
        await using var stage = await Stage.SetAsync(database);
        var rows = new List<string>();
        (Samples List, Samples Status)? first = null;
        var recorded = 0;
        foreach (var size in Sizes)
        {
            await stage.RecordAsync(size - recorded, database);
            recorded = size;
            var statusBody = await McpRequests.StatusAsync(stage);
            var results = await Contest.RunAsync<WrkResult>(
                Rounds,
                new("list", () => McpRequests.RunAsync(stage, McpRequests.List, 1, Seconds)),
                new("status", () => McpRequests.RunAsync(stage, statusBody, 1, Seconds)));
            var (list, status) = (Of(results["list"]), Of(results["status"]));
            first ??= (list, status);
            rows.Add($"| {kind} | {size:#,0} | {list.Cells("0.00")} | {list.Median / first.Value.List.Median:0.00} | {status.Cells("0.00")} | {status.Median / first.Value.Status.Median:0.00} |");
        }

        return rows;
    }

    private static Samples Of(IReadOnlyList<WrkResult> results) => new(results.Select(result => result.MedianMs));
}
