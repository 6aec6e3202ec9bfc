using FluentAssertions;
using FluentAssertions.Execution;
using Nexus.Core.Databases.Safety;
using Nexus.Testing;
using Npgsql;
using Xunit;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>Every statement of <c>tests/corpora/sql</c> on a real server: what is hostile changes nothing, what is legitimate runs.</summary>
[Collection(nameof(SafetyDatabase))]
public sealed class SqlCorpusTests(Shared<SafetyDatabase> shared)
{
    [Fact]
    public async Task A_hostile_statement_gets_its_verdict_and_changes_nothing()
    {
        var database = await shared.GetAsync();
        var before = await database.StateAsync(withData: true);
        using var scope = new AssertionScope();
        foreach (var hostile in SqlCorpus.Hostile)
        {
            await using var connection = await database.WriterAsync();
            var verdict = await ProductRun.RunAsync(connection, hostile.Sql, confirmed: false);
            Shown(hostile, verdict).Should().Be(hostile.Verdict, "that is the verdict of {0}", hostile.Name);
            verdict.IsRead.Should().BeFalse("{0} is no read", hostile.Name);
        }

        (await database.StateAsync(withData: true)).Should().Equal(before);
    }

    [Fact]
    public async Task A_legitimate_statement_is_accepted_and_runs()
    {
        var database = await shared.GetAsync();
        using var scope = new AssertionScope();
        foreach (var legitimate in SqlCorpus.Legitimate)
        {
            await using var connection = await database.DeveloperAsync();
            var (verdict, failure) = await TryAsync(connection, legitimate.Sql);
            verdict?.Refusals.Should().BeEmpty("{0} is legitimate", legitimate.Name);
            failure.Should().BeNull("{0} runs", legitimate.Name);
            if (verdict is { IsRefused: false }) (verdict.IsRead ? "read" : "write").Should().Be(legitimate.Verdict, "{0} has {1}", legitimate.Name, string.Join(", ", verdict.Effects));
        }
    }

    [Fact]
    public async Task What_is_run_answers_as_what_was_written()
    {
        var database = await shared.GetAsync();
        using var scope = new AssertionScope();
        foreach (var read in SqlCorpus.Legitimate.Where(one => one.Name.StartsWith("reads/", StringComparison.Ordinal) && !one.Name.Contains("/explain", StringComparison.Ordinal)))
        {
            await using var connection = await database.DeveloperAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var canonical = ProductRun.Judge.Judge(read.Sql).Canonical!;
            (await ProductRun.RowsAsync(connection, canonical)).Should().Equal(await ProductRun.RowsAsync(connection, read.Sql), "{0} was printed as {1}", read.Name, canonical);
        }
    }

    [Fact]
    public async Task Without_the_safety_layer_the_role_still_reaches_no_file_no_program_and_no_other_role()
    {
        await using var own = await SafetyDatabase.StartAsync(CancellationToken.None);
        await own.CloseAsync();
        var before = await own.StateAsync(withData: false);
        using var scope = new AssertionScope();
        foreach (var some in SqlCorpus.Hostile.Chunk(25))
        {
            foreach (var hostile in some)
                (await UnjudgedAsync(own, hostile.Sql)).Should().NotContain(row => row.Contains(SafetyDatabase.Secret, StringComparison.Ordinal), "{0} reads no file", hostile.Name);
            (await own.StateAsync(withData: false)).Except(before).Should().BeEmpty(
                "none of {0} changes what the role may not", string.Join(", ", some.Select(one => one.Name)));
        }
    }

    [Fact]
    public async Task Without_the_safety_layer_a_read_only_transaction_still_keeps_the_data_of_the_owner_of_the_tables()
    {
        await using var own = await SafetyDatabase.StartAsync(CancellationToken.None);
        var before = await KeptAsync(own);
        // PostgreSQL makes the table of an EXPLAIN ANALYZE CREATE TABLE AS in a read-only transaction too: there the safety layer is the only wall.
        foreach (var hostile in SqlCorpus.Hostile.Where(one => one.Name != "code/explain-analyze-create")) await InReadOnlyAsync(own, hostile.Sql);

        (await KeptAsync(own)).Except(before).Should().BeEmpty();
    }

    [Fact]
    public void The_corpus_is_large_enough()
    {
        SqlCorpus.Hostile.Should().HaveCountGreaterThanOrEqualTo(350).And.OnlyHaveUniqueItems(one => one.Name);
        SqlCorpus.Legitimate.Should().HaveCountGreaterThanOrEqualTo(100).And.OnlyHaveUniqueItems(one => one.Name);
    }

    /// <summary>Everything but large objects, which PostgreSQL before 16 lets even a read-only transaction make.</summary>
    private static async Task<IEnumerable<string>> KeptAsync(SafetyDatabase database) =>
        (await database.StateAsync(withData: true)).Where(part => !part.Contains("pg_largeobject", StringComparison.Ordinal));

    private static async Task InReadOnlyAsync(SafetyDatabase database, string sql)
    {
        await using var connection = await database.DeveloperAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ProductRun.RowsAsync(connection, "SET TRANSACTION READ ONLY");
        await ProductRun.RowsAsync(connection, "SELECT 1");
        try
        {
            await ProductRun.RowsAsync(connection, sql, alone: true);
            await transaction.CommitAsync();
        }
        catch (Exception exception) when (IsOfTheDriver(exception))
        {
            // It didn't run, or ended the transaction itself.
        }
    }

    private static bool IsOfTheDriver(Exception exception) => exception is NpgsqlException or InvalidOperationException or ArgumentException or NotSupportedException;

    private static string Shown(CorpusStatement hostile, SqlVerdict verdict)
    {
        if (!verdict.IsRefused) return "confirm";
        var rules = string.Join(' ', verdict.Refusals.Select(one => one.Rule).Distinct().Order(StringComparer.Ordinal));
        return ProductRun.Judge.Judge(hostile.Sql).IsRefused ? rules : $"catalog {rules}";
    }

    private static async Task<(SqlVerdict? Verdict, string? Failure)> TryAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            return (await ProductRun.RunAsync(connection, sql, confirmed: true), null);
        }
        catch (NpgsqlException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>As an agent would without us: whatever it writes, in a session of its own that commits.</summary>
    private static async Task<List<string>> UnjudgedAsync(SafetyDatabase database, string sql)
    {
        await using var connection = await database.WriterAsync();
        try
        {
            return await ProductRun.RowsAsync(connection, sql);
        }
        catch (Exception exception) when (IsOfTheDriver(exception))
        {
            return [exception.Message];
        }
    }
}
