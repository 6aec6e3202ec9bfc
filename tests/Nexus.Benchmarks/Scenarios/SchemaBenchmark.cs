using System.Globalization;
using System.Text;
using Nexus.Benchmarks.Measuring;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>How long an agent waits for the schema of a database of 2,000 tables, and how much it gets to read.</summary>
internal static class SchemaBenchmark
{
    private const int Tables = 2_000;
    private const int Rounds = 7;

    public static async Task<Section> RunAsync()
    {
        await using var postgres = await PostgresServer.StartAsync(CancellationToken.None);
        var database = await FillAsync(postgres);
        var variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables) { ["Nexus__Databases__AllowedHosts"] = "127.0.0.1" };
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions { Variables = variables });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        var settings = new NpgsqlConnectionStringBuilder(database);
        var connected = await agent.CallAsync("nexusai_db_source_connect", new
        {
            name = "large",
            host = "127.0.0.1",
            port = settings.Port,
            dbName = settings.Database,
            username = settings.Username,
            password = "none",
            sslMode = "disable",
        });
        var sourceId = connected.GetProperty("sourceId").GetString();
        Task<Answer> AskAsync(bool refresh, string? table = null) => TimedAsync(
            async () => (await agent.CallAsync("nexusai_db_inspect_schema", new { sourceId, refresh, table = table ?? "" })).GetRawText());
        var results = await Contest.RunAsync<Answer>(
            Rounds,
            new("`nexusai_db_inspect_schema`, read afresh", () => AskAsync(refresh: true)),
            new("the same from the cache", () => AskAsync(refresh: false)),
            new("one table of it, from the cache", () => AskAsync(refresh: false, "public.t0042")),
            new("`pg_dump --schema-only`", () => ProgramAsync(settings, "pg_dump", "--schema-only")),
            new("`psql`, `\\d *` of every table", () => ProgramAsync(settings, "psql", "--no-psqlrc", "-c", "\\d public.t*")));
        var rows = results.Select(pair =>
            $"| {pair.Key} | {new Samples(pair.Value.Select(answer => answer.Seconds)).Cells("0.000")} | {new Samples(pair.Value.Select(answer => answer.KiB)).Median.ToString("#,0.0", CultureInfo.InvariantCulture)} |");
        return new(
            $"The schema of {Tables.ToString("#,0", CultureInfo.InvariantCulture)} tables",
            "Each with a key, an index, a foreign key and six columns. Over MCP, from the call to its whole answer: one question to the database however many tables it "
                + "has, and of so many the agent gets names and a word how to go on. Target: 2 s. The programs connect anew each time, as Nexus does.",
            $"""
            | | median s | range | answer, KiB |
            |---|---|---|---|
            {string.Join('\n', rows)}
            """);
    }

    private static async Task<string> FillAsync(PostgresServer postgres)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            DO $$ BEGIN FOR i IN 1..{Tables} LOOP
              EXECUTE format('CREATE TABLE t%1$s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, amount numeric(9,2) DEFAULT 0, at timestamptz DEFAULT now(),
                parent bigint REFERENCES t%2$s, tags text[])', lpad(i::text, 4, '0'), lpad(greatest(1, i / 2)::text, 4, '0'));
              EXECUTE format('CREATE INDEX ON t%1$s (at)', lpad(i::text, 4, '0'));
              IF i % 100 = 0 THEN COMMIT; END IF;
            END LOOP; END $$;
            """, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
        return database;
    }

    private static Task<Answer> ProgramAsync(NpgsqlConnectionStringBuilder settings, string program, params string[] arguments) => TimedAsync(async () => (await Shell.RunAsync(new(
        PostgresServer.Program(program), ["-h", "127.0.0.1", "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!, "-d", settings.Database!, .. arguments]))).Required);

    private static async Task<Answer> TimedAsync(Func<Task<string>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        var text = await ask();
        return new(TimeProvider.System.GetElapsedTime(began).TotalSeconds, Encoding.UTF8.GetByteCount(text) / 1024.0);
    }

    private sealed record Answer(double Seconds, double KiB);
}
