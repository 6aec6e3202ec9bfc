using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Npgsql;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>A source's password goes into the vault and to its server, and nowhere else: not into answers, errors, audit, logs, traces or the database.</summary>
public sealed class PasswordTests(Shared<PostgresServer> postgres)
{
    private static readonly string Canary = $"canary-{Guid.NewGuid():N}";

    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_password_is_found_nowhere(DatabaseKind kind)
    {
        var (log, traces) = (new LogLines(), new ConcurrentQueue<string>());
        var storage = await CoreHost.NewDatabaseAsync(kind, postgres);
        await using var bench = await SourceBench.StartAsync(postgres, storage: storage, log: log);
        await PrepareAsync(bench);
        var answers = new List<string>();
        using (Listen(traces)) await UseAsync(bench, answers);
        await ProvokeAsync(bench, answers);

        answers.Should().HaveCountGreaterThan(20).And.NotContain(answer => Tells(answer));
        log.Seen.Should().NotBeEmpty().And.NotContain(line => Tells(line));
        traces.Should().NotBeEmpty().And.NotContain(trace => Tells(trace));
        var kept = storage is null ? await FilesAsync(bench) : await RowsAsync(storage.ConnectionString!);
        kept.Should().Contain("DATABASE_LOGIN_FAILED", "the audit is in it");
        Tells(kept).Should().BeFalse();
    }

    private static async Task PrepareAsync(SourceBench bench)
    {
        await bench.ExecuteAsync($"""
            ALTER ROLE {bench.Role} PASSWORD '{Canary}';
            CREATE FUNCTION betray() RETURNS int STABLE LANGUAGE plpgsql AS
              $f$ BEGIN RAISE EXCEPTION 'your password is {Canary} %', repeat('x', 600) USING HINT = '{Canary}', DETAIL = '{Canary}'; END $f$;
            CREATE FUNCTION betray_late() RETURNS int STABLE LANGUAGE plpgsql AS
              $f$ BEGIN RAISE EXCEPTION '%', repeat('x', 500 - 12) || '{Canary}'; END $f$;
            """);
        await bench.ExecuteAsRoleAsync("CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items VALUES (1, 'a');");
    }

    /// <summary>Everything that can be done with a source, well and badly.</summary>
    private static async Task UseAsync(SourceBench bench, List<string> answers)
    {
        var asked = bench.Asked() with { Password = Canary };
        async Task<T?> DoAsync<T>(Func<Task<T>> act) where T : class
        {
            try
            {
                var result = await act();
                answers.Add(JsonSerializer.Serialize(result) + result);
                return result;
            }
            catch (NexusException failure)
            {
                answers.Add($"{failure} {failure.Hint} {failure.Field} {JsonSerializer.Serialize(failure.Details)}");
                return null;
            }
        }

        Task<SourceResult?> ConnectAsync(ConnectSource source, string? request = null, bool dryRun = false) =>
            DoAsync(() => bench.Sources.ConnectAsync(bench.Owner, source, new(request, dryRun), default));

        await ConnectAsync(asked, dryRun: true);
        var id = (await ConnectAsync(asked, "one"))!.Source.Id;
        await ConnectAsync(asked, "one");
        await ConnectAsync(asked with { Password = Canary + "2" }, "one");
        await ConnectAsync(asked);
        foreach (var wrong in Wrong(asked)) await ConnectAsync(wrong with { Name = "wrong" }, Guid.NewGuid().ToString());
        await DoAsync(() => bench.Sources.TestAsync(bench.Owner, id, default));
        await DoAsync(() => bench.Host.Get<SourceQueries>().ListAsync(bench.Owner, new(), default));
        await DoAsync(() => bench.Host.Get<SchemaQueries>().InspectAsync(bench.Owner, id, true, null, null, default));
        foreach (var sql in (string[])["SELECT * FROM items", "SELECT * FROM nothing", "SELECT 1 / 0", "UPDATE items SET name = 'b' WHERE id = 1", "DROP DATABASE x", "SELECT"])
        {
            await DoAsync(() => bench.Host.Get<QueryPreviews>().PreviewAsync(bench.Owner, new(id, sql), default));
            await DoAsync(() => bench.Host.Get<QueryCommands>().ExecuteAsync(bench.Owner, new(id, sql), new(), default));
            await DoAsync(() => bench.Host.Get<QueryCommands>().ExecuteAsync(bench.Owner, new(id, sql, Confirmed: true), new(Guid.NewGuid().ToString()), default));
        }

        await bench.ExecuteAsync($"ALTER ROLE {bench.Role} NOLOGIN");
        await DoAsync(() => bench.Sources.TestAsync(bench.Owner, id, default));
        await bench.ExecuteAsync($"ALTER ROLE {bench.Role} LOGIN");
        await DoAsync(() => bench.Sources.DeleteAsync(bench.Owner, id, new(), default));
    }

    private static IEnumerable<ConnectSource> Wrong(ConnectSource asked) =>
    [
        asked with { Password = Canary + "x" }, asked with { Username = "nobody_here" }, asked with { DatabaseName = "nothing" }, asked with { Port = LoopbackPort.Next() },
        asked with { Host = "169.254.169.254" }, asked with { Host = "nowhere.invalid" }, asked with { Host = $"postgres://shop:{Canary}@db.example.com/shop" },
        asked with { SslMode = DatabaseSslMode.VerifyFull }, asked with { Password = Canary + "\n" }, asked with { Password = Canary + new string('x', 2000) },
    ];

    /// <summary>A server that says the password itself: the caller asked for it, and still we don't pass it on.</summary>
    private static async Task ProvokeAsync(SourceBench bench, List<string> answers)
    {
        var id = (await bench.Sources.ConnectAsync(bench.Owner, bench.Asked("again") with { Password = Canary }, new(), default)).Source.Id;
        foreach (var sql in (string[])["SELECT betray()", "SELECT betray_late()", $"SELECT '{Canary}'::int", $"SELECT 1 + '{Canary}' FROM nothing"])
        {
            var failure = (await FluentActions.Awaiting(() => bench.Host.Get<QueryCommands>().ExecuteAsync(bench.Owner, new(id, sql), new(), default))
                .Should().ThrowAsync<NexusException>()).Which;
            answers.Add($"{failure} {failure.Hint}");
        }
    }

    /// <summary>Whatever is traced in this process, the driver's own traces among it.</summary>
    private static ActivityListener Listen(ConcurrentQueue<string> traces)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue(
                $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<string> FilesAsync(SourceBench bench)
    {
        SqliteConnection.ClearAllPools();
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(bench.Host.DataDirectory, "*", SearchOption.AllDirectories))
            text.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        return text.ToString();
    }

    private static async Task<string> RowsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SET xmlbinary = hex; SELECT database_to_xml(true, false, '')::text", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>In any of the forms in which it would get there by mistake.</summary>
    private static bool Tells(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(Canary);
        return new[] { Canary, Convert.ToBase64String(bytes)[..^4], Convert.ToHexString(bytes), Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Canary)) }
            .Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));
    }
}
