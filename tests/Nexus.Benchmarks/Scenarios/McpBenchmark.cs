using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>Calls to the MCP endpoint with a real token, beside servers that do less.</summary>
internal static class McpBenchmark
{
    private const int Rounds = 3;
    private const int Seconds = 3;
    private const int WarmUpSeconds = 10;
    private const string Sdk = "(a) bare C# SDK, no authorization";
    private const string Node = "(b) TypeScript SDK on Node, jose";
    private const string Constant = "(c) Kestrel, a constant";

    private static readonly int[] Connections = [1, 16, 64];

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync();
        await stage.RecordAsync(10);
        await using var sdk = await Peer.StartSdkAsync();
        await using var node = await Peer.StartNodeAsync();
        await using var constant = await Peer.StartConstantAsync();
        var token = await node.TokenAsync();
        var status = await McpRequests.StatusAsync(stage);

        // The runtime compiles in steps what is asked often, and for good only after a while.
        foreach (var body in new[] { McpRequests.WhoAmI, status, McpRequests.ToolsList }) await McpRequests.RunAsync(stage, body, 16, WarmUpSeconds);
        await Wrk.RunAsync(new WrkRequest(sdk.Address) { Body = McpRequests.Peer }, 16, WarmUpSeconds);
        await Wrk.RunAsync(new WrkRequest(node.Address) { Body = McpRequests.Peer, Bearer = token }, 16, WarmUpSeconds);

        var rows = new List<string>();
        foreach (var connections in Connections)
        {
            Task<WrkResult> Ask(Peer peer, string body, string? bearer = null) =>
                Wrk.RunAsync(new WrkRequest(peer.Address) { Body = body, Bearer = bearer }, connections, Seconds);
            Task<WrkResult> AskNexus(string body) => McpRequests.RunAsync(stage, body, connections, Seconds);
            var results = await Contest.RunAsync<WrkResult>(
                Rounds,
                new(Sdk, () => Ask(sdk, McpRequests.Peer)),
                new("Nexus, `whoami`", () => AskNexus(McpRequests.WhoAmI)),
                new(Node, () => Ask(node, McpRequests.Peer, token)),
                new("Nexus, `deploy_status`", () => AskNexus(status)),
                new(Constant, () => Ask(constant, McpRequests.Peer)),
                new("Nexus, `tools/list`", () => AskNexus(McpRequests.ToolsList)),
                new("(a), `tools/list` of one tool", () => Ask(sdk, McpRequests.ToolsList)),
                new("(b), `tools/list` of one tool", () => Ask(node, McpRequests.ToolsList, token)));
            rows.AddRange(Rows(connections, results));
        }

        return new(
            "Calls to the MCP endpoint",
            "The answers of `whoami` and `deploy_status` with a real access token, every check on; the peers' tool answers a constant. "
                + "Targets at 16 connections: at least 1 × (a) and 6 × (b); p99 at most 4 × the median.",
            $"""
            | connections | | requests/s, median | range | × (a) | × (b) | median ms | p99 ms | failed |
            |---|---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """);
    }

    private static IEnumerable<string> Rows(int connections, IReadOnlyDictionary<string, IReadOnlyList<WrkResult>> results)
    {
        Samples Of(string name, Func<WrkResult, double> figure) => new(results[name].Select(figure));
        var (sdk, node) = (Of(Sdk, result => result.PerSecond).Median, Of(Node, result => result.PerSecond).Median);
        foreach (var name in results.Keys)
        {
            var rate = Of(name, result => result.PerSecond);
            yield return $"| {connections} | {name} | {rate.Cells("#,0")} | {rate.Median / sdk:0.00} | {rate.Median / node:0.00} | "
                + $"{Of(name, result => result.MedianMs).Median:0.00} | {Of(name, result => result.P99Ms).Median:0.00} | {results[name].Sum(result => result.Failed)} |";
        }
    }
}
