using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>The ingress beside nginx and Caddy, all to the same container.</summary>
internal static class IngressBenchmark
{
    private const int Rounds = 3;
    private const int Seconds = 3;
    private const int WarmUpSeconds = 15;
    private const int Connections = 16;
    private const string Name = "bench";
    private const string Direct = "direct: the limit";

    /// <summary>The page of nginx as it comes, and one of 1 MiB.</summary>
    private static readonly string[] Command =
        ["sh", "-c", "head -c 1048576 /dev/zero >/usr/share/nginx/html/large; sed -i 's/access_log .*/access_log off;/' /etc/nginx/nginx.conf; exec nginx -g 'daemon off;'"];

    private static readonly (string Words, string Path, bool KeepAlive)[] Visits =
        [("small, kept connections", "", true), ("small, new connections", "", false), ("1 MiB, kept connections", "large", true)];

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync(null, BaseImage.Nginx);
        await stage.Agent.CallAsync("nexusai_deploy_create", new { image = BaseImage.Nginx.Tags[0], port = 80, name = Name, command = Command });
        if (await stage.Agent.SettledStatusAsync(Name) is not "RUNNING" and var status) throw new InvalidOperationException($"The application is {status}.");
        var id = await stage.Engine!.Cli.RunAsync("ps", "--quiet", "--filter", $"name=nexus-{Name}-");
        var container = (await stage.Engine.Cli.RunAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id)).Trim();
        await using var nginx = await Proxy.StartNginxAsync($"{container}:80");
        await using var caddy = await Proxy.StartCaddyAsync($"{container}:80");

        var port = stage.Server.BaseUrl.Port;
        var ours = new Uri($"http://127.0.0.1:{port}/");
        var rows = new List<string>();
        foreach (var (words, path, keepAlive) in Visits)
        {
            Task<WrkResult> Visit(Uri address, string? host = null, int seconds = Seconds) =>
                Wrk.RunAsync(new WrkRequest(new Uri(address, path)) { Host = host, KeepAlive = keepAlive }, Connections, seconds);
            // The runtime compiles in steps what is asked often, and for good only after a while.
            await Visit(ours, $"{Name}.localhost:{port}", WarmUpSeconds);
            var results = await Contest.RunAsync<WrkResult>(
                Rounds,
                new("nginx", () => Visit(nginx.Address)),
                new("Nexus", () => Visit(ours, $"{Name}.localhost:{port}")),
                new("Caddy", () => Visit(caddy.Address)),
                new(Direct, () => Visit(new Uri($"http://{container}/"))));
            rows.AddRange(Rows(words, results));
        }

        return new(
            "Ingress",
            $"{Connections} connections, to nginx in the same container; access logs are off everywhere. Targets for small bodies: at least 1 × Caddy and 0.7 × nginx.",
            $"""
            | | | requests/s, median | range | × Caddy | × nginx | p99 ms | failed |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """);
    }

    private static IEnumerable<string> Rows(string words, IReadOnlyDictionary<string, IReadOnlyList<WrkResult>> results)
    {
        Samples Rate(string name) => new(results[name].Select(result => result.PerSecond));
        foreach (var name in results.Keys)
        {
            var p99 = new Samples(results[name].Select(result => result.P99Ms)).Median;
            yield return $"| {words} | {name} | {Rate(name).Cells("#,0")} | {Rate(name).Median / Rate("Caddy").Median:0.00} | "
                + $"{Rate(name).Median / Rate("nginx").Median:0.00} | {p99:0.00} | {results[name].Sum(result => result.Failed)} |";
        }
    }
}
