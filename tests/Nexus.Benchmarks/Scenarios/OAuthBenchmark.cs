using System.Diagnostics;
using System.Globalization;
using Nexus.Benchmarks.Measuring;
using Nexus.Benchmarks.Peers;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>Codes, refreshes and registrations, beside oidc-provider.</summary>
internal static class OAuthBenchmark
{
    private const int Rounds = 3;
    private const int AtOnce = 16;
    private const string InMemory = "oidc-provider, in memory";
    private const string Durable = "oidc-provider, SQLite";

    /// <summary>The runtime compiles in steps what is asked often, and for good only after a while.</summary>
    private const int WarmUpRounds = 8;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task<Section> RunAsync()
    {
        await using var postgres = await PostgresServer.StartAsync(CancellationToken.None);
        await using var onSqlite = await Stage.SetAsync(null, Unlimited);
        await using var onPostgres = await Stage.SetAsync(await postgres.CreateDatabaseAsync(), Unlimited);
        await using var inMemory = await Peer.StartOidcAsync();
        using var folder = new TemporaryFolder();
        await using var durable = await Peer.StartOidcAsync(new FileInfo(folder.At("oidc.db")));
        await using var oidcOnPostgres = await Peer.StartOidcAsync(await postgres.CreateDatabaseUrlAsync());
        using var nexus = await NexusAsync(onSqlite);
        using var nexusOnPostgres = await NexusAsync(onPostgres);
        using var oidc = OAuthServer.OidcProvider(inMemory.Address);
        using var durableOidc = OAuthServer.OidcProvider(durable.Address);
        using var postgresOidc = OAuthServer.OidcProvider(oidcOnPostgres.Address);
        foreach (var server in new[] { nexus, nexusOnPostgres })
            for (var round = 0; round < WarmUpRounds; round++) await MeasureAsync(server);
        var results = await Contest.RunAsync<Rates>(
            Rounds,
            Contender("Nexus, SQLite", nexus),
            Contender(InMemory, oidc),
            Contender(Durable, durableOidc),
            Contender("Nexus, PostgreSQL", nexusOnPostgres),
            Contender("oidc-provider, PostgreSQL", postgresOidc));
        return new(
            "Codes, refreshes and registrations",
            $"{AtOnce} clients at once, each waiting for its answer. A code flow is a code (by Nexus' bridge; beside it, made inside the peer) and its exchange with "
                + "PKCE for a signed access token and a refresh token that rotates. Limits on registrations are lifted. Targets for codes and refreshes: "
                + "at least 1 × the durable peer and 0.5 × the one in memory.",
            string.Join('\n', Table(results)));
    }

    private static IReadOnlyDictionary<string, string?> Unlimited { get; } =
        new Dictionary<string, string?> { ["Nexus__Auth__RegistrationsPerMinute"] = "1000000" };

    private static IEnumerable<string> Table(IReadOnlyDictionary<string, IReadOnlyList<Rates>> results)
    {
        yield return "| | what | per second, median | range | × in memory | × durable |";
        yield return "|---|---|---|---|---|---|";
        foreach (var (what, figure) in new (string, Func<Rates, double>)[]
        {
            ("code flows", rates => rates.CodeFlows), ("refreshes", rates => rates.Refreshes), ("registrations", rates => rates.Registrations),
        })
        {
            Samples Of(string name) => new(results[name].Select(figure));
            foreach (var name in results.Keys)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {what} | {Of(name).Cells("#,0")} | {Of(name).Median / Of(InMemory).Median:0.00} | {Of(name).Median / Of(Durable).Median:0.00} |");
        }
    }

    private static async Task<OAuthServer> NexusAsync(Stage stage) =>
        OAuthServer.Nexus(stage.Server.BaseUrl, await stage.Agent.SessionAsync());

    private static Contender<Rates> Contender(string name, OAuthServer server) => new(name, () => MeasureAsync(server));

    private static async Task<Rates> MeasureAsync(OAuthServer server)
    {
        var client = await server.RegisterAsync();
        var tokens = new string[AtOnce];
        var codes = await PerSecondAsync(async worker => tokens[worker] = await server.CodeFlowAsync(client));
        var refreshes = await PerSecondAsync(async worker => tokens[worker] = await server.RefreshAsync(client, tokens[worker]));
        return new(codes, refreshes, await PerSecondAsync(_ => server.RegisterAsync()));
    }

    private static async Task<double> PerSecondAsync(Func<int, Task> act)
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async worker =>
        {
            while (clock.Elapsed < Span)
            {
                await act(worker);
                Interlocked.Increment(ref done);
            }
        }));
        return done / clock.Elapsed.TotalSeconds;
    }

    private sealed record Rates(double CodeFlows, double Refreshes, double Registrations);
}
