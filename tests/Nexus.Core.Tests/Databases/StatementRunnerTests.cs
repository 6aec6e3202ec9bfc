using System.Text.Json;
using FluentAssertions;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Databases.Sources;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>What comes back of a statement, in which form, and how much of it.</summary>
public sealed class StatementRunnerTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task Values_come_back_as_the_JSON_that_loses_nothing()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsync("CREATE TYPE uncertain AS ENUM ('x', 'y'); CREATE DOMAIN share AS numeric;");
        var expected = new Dictionary<string, string>
        {
            ["true"] = "true",
            ["7::int2"] = "7",
            ["9007199254740993::int8"] = "\"9007199254740993\"",
            ["(-9223372036854775808)::int8"] = "\"-9223372036854775808\"",
            ["0.1::float8"] = "0.1",
            ["'NaN'::float8"] = "\"NaN\"",
            ["'-Infinity'::float4"] = "\"-Infinity\"",
            ["12.50::numeric(9,2)"] = "12.50",
            ["12345678901234567890.1::numeric"] = "\"12345678901234567890.1\"",
            ["decode('00ff10', 'hex')"] = "\"AP8Q\"",
            ["timestamptz '2026-01-16 10:00:00.5+02'"] = "\"2026-01-16T08:00:00.5Z\"",
            ["timestamp '2026-01-16 10:00:00'"] = "\"2026-01-16T10:00:00\"",
            ["timestamptz 'infinity'"] = "\"infinity\"",
            ["date '2026-01-16'"] = "\"2026-01-16\"",
            ["interval '1 day 2 hours'"] = "\"P1DT2H\"",
            ["'{\"a\": [1, null]}'::jsonb"] = "{\"a\": [1, null]}",
            ["ARRAY[1, NULL, 3]"] = "[1,null,3]",
            ["ARRAY[['a b', 'c\"d'], ['NULL', '']]"] = "[[\"a b\",\"c\\\"d\"],[\"NULL\",\"\"]]",
            ["'[5:6]={1,2}'::int[]"] = "[1,2]",
            ["NULL"] = "null",
            ["'x'::uncertain"] = "\"x\"",
            ["ARRAY['x', 'y']::uncertain[]"] = "[\"x\",\"y\"]",
            ["'0.5'::share"] = "0.5",
            ["gen_random_uuid() IS NOT NULL"] = "true",
        };

        var result = await RunAsync(bench, "SELECT " + string.Join(", ", expected.Keys));

        result.Rows[0].EnumerateArray().Zip(expected.Keys, (value, key) => KeyValuePair.Create(key, value.GetRawText()))
            .Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Parameters_are_bound_as_what_the_statement_makes_of_them()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        var result = await RunAsync(
            bench, "SELECT $1::date + 1, $2::int[], $3::text IS NULL, $4::jsonb ->> 'a', $5::text, n FROM generate_series(1, 9) n WHERE n = $6 LIMIT $7",
            "2026-01-16", new[] { 1, 2 }, null, new { a = "b" }, "'; DROP TABLE x; --", 3, 1);

        result.Rows[0].GetRawText().Should().Be("""["2026-01-17",[1,2],true,"b","'; DROP TABLE x; --",3]""");
    }

    [Fact]
    public async Task The_driver_neither_splits_nor_rewrites_a_statement()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        (await FailureAsync(() => RunAsync(bench, "SELECT 1; SELECT 2"))).Message.Should().Contain("multiple commands");
        (await RunAsync(bench, "SELECT '@name :name ? ;' || $$;$$")).Rows[0][0].GetString().Should().Be("@name :name ? ;;");
    }

    [Fact]
    public async Task A_session_sets_what_decides_how_statements_are_read_and_how_far_they_go()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsync($"ALTER ROLE {bench.Role} SET search_path = evil; ALTER ROLE {bench.Role} SET standard_conforming_strings = off;");

        var settings = await RunAsync(bench, """
            SELECT current_setting('search_path'), current_setting('standard_conforming_strings'), current_setting('transaction_read_only'),
                   current_setting('statement_timeout'), current_setting('lock_timeout')
            """);

        settings.Rows[0].GetRawText().Should().Be("""["public, pg_temp","on","on","30s","5s"]""");
        (await FailureAsync(() => RunAsync(bench, "CREATE TABLE t (id int)"))).Message.Should().Contain("25006");
    }

    [Fact]
    public async Task A_row_or_byte_too_many_truncates_and_the_server_is_told_to_stop()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        var rows = await RunAsync(bench, "SELECT generate_series(1, 1000000000)", []);
        var bytes = await RunAsync(bench, "SELECT repeat('x', 1000000), generate_series(1, 1000000)", []);
        var exact = await RunAsync(bench, "SELECT generate_series(1, 1000)", []);
        var huge = await RunAsync(bench, "SELECT repeat('x', 100000000)", []);

        (rows.RowCount, rows.Truncated).Should().Be((1000, true));
        (bytes.RowCount, bytes.Truncated).Should().Be((5, true));
        (exact.RowCount, exact.Truncated).Should().Be((1000, false));
        (huge.RowCount, huge.Truncated).Should().Be((0, true));
        (await StillRunningAsync(bench)).Should().Be(0);
    }

    [Fact]
    public async Task A_million_rows_cost_no_more_memory_than_the_rows_that_are_returned()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsync("CREATE TABLE big AS SELECT n, md5(n::text) AS hash FROM generate_series(1, 1000000) n; GRANT SELECT ON big TO PUBLIC;");
        await RunAsync(bench, "SELECT * FROM big LIMIT 10");

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await RunAsync(bench, "SELECT * FROM big");
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        (result.RowCount, result.Truncated).Should().Be((1000, true));
        allocated.Should().BeLessThan(64 << 20);
        (await StillRunningAsync(bench)).Should().Be(0);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_cancelled_on_the_server()
    {
        await using var bench = await SourceBench.StartAsync(
            postgres, new() { AllowedHosts = ["127.0.0.1"], StatementTimeout = TimeSpan.FromMilliseconds(200) });

        (await FailureAsync(() => RunAsync(bench, "SELECT pg_sleep(60)"))).Code.Should().Be("QUERY_TIMEOUT");
    }

    [Fact]
    public async Task Who_hangs_up_cancels_the_statement_on_the_server()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        using var hangUp = new CancellationTokenSource();

        var running = RunAsync(bench, "SELECT pg_sleep(60)", [], hangUp.Token);
        await Poll.UntilAsync(async () => await StillRunningAsync(bench) == 1, "the statement to run");
        await hangUp.CancelAsync();

        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
        await Poll.UntilAsync(async () => await StillRunningAsync(bench) == 0, "the statement to end");
    }

    [Fact]
    public async Task An_error_of_the_server_comes_back_with_its_code_and_position()
    {
        await using var bench = await SourceBench.StartAsync(postgres);

        var failure = await FailureAsync(() => RunAsync(bench, "SELECT * FROM nothing"));

        failure.Code.Should().Be("QUERY_FAILED");
        failure.Message.Should().Contain("42P01").And.Contain("character 15");
    }

    [Fact]
    public async Task One_source_answers_only_so_many_at_a_time()
    {
        await using var bench = await SourceBench.StartAsync(
            postgres, new() { AllowedHosts = ["127.0.0.1"], QueriesPerSource = 1, StatementTimeout = TimeSpan.FromSeconds(60) });
        using var hangUp = new CancellationTokenSource();
        var id = await bench.ConnectAsync();

        var running = RunAsync(bench, id, "SELECT pg_sleep(60)", [], hangUp.Token);
        await Poll.UntilAsync(async () => await StillRunningAsync(bench) == 1, "the statement to run");
        (await FailureAsync(() => RunAsync(bench, id, "SELECT 1", [], default))).Code.Should().Be("SOURCE_BUSY");
        await hangUp.CancelAsync();

        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<long> StillRunningAsync(SourceBench bench) => (long)(await bench.ScalarAsync(
        $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{bench.Role}' AND state = 'active'"))!;

    private static Task<QueryResult> RunAsync(SourceBench bench, string sql, params object?[] parameters) =>
        RunAsync(bench, sql, parameters, default);

    private static async Task<QueryResult> RunAsync(
        SourceBench bench, string sql, object?[] parameters, CancellationToken cancellationToken) =>
        await RunAsync(bench, await bench.ConnectAsync($"source {Guid.NewGuid()}"), sql, parameters, cancellationToken);

    private static async Task<QueryResult> RunAsync(
        SourceBench bench, Guid id, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var source = await bench.Host.Get<SourceQueries>().GetAsync(bench.Owner, id, cancellationToken);
        await using var session = await bench.Host.Get<SourceSessions>().BeginAsync(source, readOnly: true, cancellationToken);
        var values = parameters.Select(value => JsonSerializer.SerializeToElement(value)).ToList();
        return await bench.Host.Get<StatementRunner>().RunAsync(session, new(sql, values, QueryLimits.DefaultRows, Writes: false), cancellationToken);
    }

    private static async Task<NexusException> FailureAsync(Func<Task> act) =>
        (await FluentActions.Awaiting(act).Should().ThrowAsync<NexusException>()).Which;
}
