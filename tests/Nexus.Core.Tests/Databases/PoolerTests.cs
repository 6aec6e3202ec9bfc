using System.Text.Json;
using FluentAssertions;
using Nexus.Core.Databases;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Npgsql;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>Sources behind pgbouncer, whose clients follow each other on one connection to the server.</summary>
public sealed class PoolerTests(Shared<PostgresServer> postgres)
{
    // Far more than any time-out here: nothing but a cancellation ends it.
    private const string Endless = "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

    /// <summary>What a client finds set on its connection, and which connection of the server that is.</summary>
    private const string Settings = """
        SELECT concat_ws(' | ', pg_backend_pid(), current_user, session_user, current_setting('search_path'), current_setting('standard_conforming_strings'),
          current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
          current_setting('transaction_read_only'), current_setting('default_transaction_read_only'), current_setting('backslash_quote'),
          current_setting('bytea_output'), current_setting('extra_float_digits'), current_setting('IntervalStyle'))
        """;

    public static TheoryData<PoolMode> Modes { get; } = [PoolMode.Session, PoolMode.Transaction];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Reads_writes_definitions_and_previews_run(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);

        await RunAsync(bench, "CREATE TABLE things (id int PRIMARY KEY, name text)");
        var made = await RunAsync(bench, "INSERT INTO things VALUES ($1, $2), (2, 'b') RETURNING id", 1, "a");
        var changed = await RunAsync(bench, "UPDATE things SET name = upper(name) WHERE id = ANY ($1)", new[] { 1, 2 });
        var read = await RunAsync(bench, "SELECT name FROM things WHERE id = $1", 2);
        var preview = await bench.Host.Get<QueryPreviews>().PreviewAsync(bench.Owner, new(bench.Id, "DELETE FROM things WHERE id = 1"), default);

        made.Rows.GetRawText().Should().Be("[[1],[2]]");
        changed.RowsAffected.Should().Be(2);
        read.Rows.GetRawText().Should().Be("[[\"B\"]]");
        preview.Plan.Should().Contain("Delete on things");
        (await bench.ScalarAsync("SELECT count(*) FROM things")).Should().Be(2L);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Nothing_of_ours_is_left_for_the_next_client_of_the_connection(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);
        var before = await AsAnotherClientAsync(bench, Settings);

        await RunAsync(bench, "SELECT count(*) FROM items");
        await RunAsync(bench, "SELECT generate_series(1, 1000000000)");
        await RunAsync(bench, "UPDATE items SET name = 'b' WHERE id = 1");
        await RunAsync(bench, "CREATE TABLE made (id int)");
        await Outcome.OfAsync(() => RunAsync(bench, "SELECT 1 / 0"));
        await Outcome.OfAsync(() => RunAsync(bench, "INSERT INTO items VALUES (1, 'twice')"));

        (await AsAnotherClientAsync(bench, Settings)).Should().Be(before);
        (await AsAnotherClientAsync(bench, "SELECT count(*)::text FROM pg_prepared_statements WHERE NOT from_sql")).Should().Be("0");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task What_another_client_left_on_the_connection_does_not_count(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);
        await AsAnotherClientAsync(bench, $"""
            SET search_path = evil; SET standard_conforming_strings = off; SET statement_timeout = '9s'; SET backslash_quote = on;
            SET default_transaction_read_only = on; SET default_transaction_isolation = serializable; SET array_nulls = off;
            SET TimeZone = 'Asia/Tokyo'; SET row_security = off; SET ROLE {PostgresServer.PasswordRole}; SELECT 'left'
            """);

        var found = await RunAsync(bench, """
            SELECT current_user = session_user, current_setting('search_path'), current_setting('standard_conforming_strings'),
              current_setting('statement_timeout'), current_setting('backslash_quote'), current_setting('transaction_isolation'),
              $1::text[], current_setting('TimeZone'), current_setting('row_security')
            """, new object?[] { new string?[] { null } });
        await RunAsync(bench, "UPDATE items SET name = 'b' WHERE id = 1");

        found.Rows[0].GetRawText().Should().Be(
            """[true,"public, pg_temp","on","30s","safe_encoding","read committed",[null],"UTC","on"]""");
        (await bench.ScalarAsync("SELECT name FROM items")).Should().Be("b");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_read_only_transaction_stays_one(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);
        var source = await bench.Host.Get<SourceQueries>().GetAsync(bench.Owner, bench.Id, default);
        async Task<string> WriteAsync(bool readOnly)
        {
            await using var session = await bench.Host.Get<SourceSessions>().BeginAsync(source, readOnly, default);
            return await MessageAsync(() => bench.Host.Get<StatementRunner>().RunAsync(
                session, new("UPDATE items SET name = 'b' WHERE id = 1", [], 1, Writes: !readOnly), default));
        }

        (await WriteAsync(readOnly: true)).Should().Contain("25006");
        (await WriteAsync(readOnly: false)).Should().Be("OK");
        (await WriteAsync(readOnly: true)).Should().Contain("25006");
        (await bench.ScalarAsync("SELECT name FROM items")).Should().Be("a", "nobody has committed");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task What_takes_too_long_is_cancelled_on_the_server(PoolMode mode)
    {
        await using var bench = await StartAsync(mode, new() { AllowedHosts = ["127.0.0.1"], StatementTimeout = TimeSpan.FromMilliseconds(300) });

        (await Outcome.OfAsync(() => RunAsync(bench, Endless))).Should().Be("QUERY_TIMEOUT");

        (await StillRunningAsync(bench)).Should().Be(0);
        (await RunAsync(bench, "SELECT 1")).RowCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Who_hangs_up_cancels_on_the_server_and_frees_the_connection(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);
        using var hangUp = new CancellationTokenSource();

        var running = bench.Host.Get<QueryCommands>().ExecuteAsync(bench.Owner, new(bench.Id, Endless), new(), hangUp.Token);
        await Poll.UntilAsync(async () => await StillRunningAsync(bench) == 1, "the statement to run");
        await hangUp.CancelAsync();

        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
        await Poll.UntilAsync(async () => await StillRunningAsync(bench) == 0, "the statement to end");
        (await RunAsync(bench, "SELECT 1")).RowCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Many_at_once_share_the_connection_without_prepared_statements(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => RunAsync(bench, "SELECT $1::int + id, pg_backend_pid() FROM items", n)));

        results.Select(result => result.Rows[0][0].GetInt32()).Should().Equal(Enumerable.Range(1, 40));
        results.Select(result => result.Rows[0][1].GetInt32()).Distinct().Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task An_error_of_the_server_comes_through_with_its_code_and_position(PoolMode mode)
    {
        await using var bench = await StartAsync(mode);

        (await MessageAsync(() => RunAsync(bench, "SELECT * FROM nothing"))).Should().Contain("42P01").And.Contain("character 15");
        (await MessageAsync(() => RunAsync(bench, "INSERT INTO items VALUES (1, 'twice')"))).Should().Contain("23505");
        (await RunAsync(bench, "SELECT name FROM items")).RowCount.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_login_that_fails_says_what_to_check(PoolMode mode)
    {
        await using var bench = await StartAsync(mode, new() { AllowedHosts = ["127.0.0.1"], ConnectTimeout = TimeSpan.FromSeconds(4) });
        foreach (var (wrong, code) in new[]
        {
            (bench.Asked() with { Username = "postgres_of_no_project" }, "DATABASE_LOGIN_FAILED"),
            (bench.Asked() with { Password = "not-" + SourceBench.Password }, "DATABASE_LOGIN_FAILED"),
            (bench.Asked() with { DatabaseName = "nothing_here" }, "DATABASE_UNREACHABLE"), // pgbouncer goes on trying.
        })
        {
            var failure = (await FluentActions.Awaiting(() => bench.Sources.ConnectAsync(bench.Owner, wrong, new(), default))
                .Should().ThrowAsync<NexusException>()).Which;

            failure.Code.Should().Be(code, "of {0}", wrong with { Password = "" });
            failure.Hint.Should().Contain("username").And.Contain("dbName").And.Contain("pooler");
            $"{failure} {failure.Hint}".Should().NotContain(SourceBench.Password);
        }
    }

    private async Task<SourceBench> StartAsync(PoolMode mode, ExternalDatabaseOptions? options = null)
    {
        var bench = await SourceBench.StartAsync(postgres, options, pooled: mode);
        await bench.ExecuteAsRoleAsync("CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items VALUES (1, 'a');");
        await bench.ConnectAsync();
        return bench;
    }

    private static Task<QueryResult> RunAsync(SourceBench bench, string sql, params object?[] parameters) =>
        bench.Host.Get<QueryCommands>().ExecuteAsync(
            bench.Owner, new(bench.Id, sql, [.. parameters.Select(value => JsonSerializer.SerializeToElement(value))], Confirmed: true), new(), default);

    /// <summary>As whoever shares the pooler with us, and who resets nothing.</summary>
    private static async Task<string> AsAnotherClientAsync(SourceBench bench, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(bench.ConnectionString)
        {
            Port = bench.Port,
            Username = bench.Role,
            Password = SourceBench.Password,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> MessageAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "OK";
        }
        catch (NexusException failure)
        {
            return failure.Message;
        }
    }

    private static async Task<long> StillRunningAsync(SourceBench bench) => (long)(await bench.ScalarAsync(
        $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{bench.Role}' AND state = 'active'"))!;
}
