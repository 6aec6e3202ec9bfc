using FluentAssertions;
using Nexus.Core.Databases.Safety;
using Xunit;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>The parser recurses over its tree: however deep that would be, the server lives on and answers.</summary>
public sealed class NestingTests
{
    private static readonly SqlJudge Judge = new(new SqlParser());

    public static TheoryData<string, string, string> Deep() => new()
    {
        { "SELECT 1", "+1", "" },
        { "SELECT ", "- ", "1" },
        { "SELECT ", "NOT ", "true" },
        { "SELECT 1", "::int", "" },
        { "SELECT a", " IS NULL", "" },
        { "SELECT a", " COLLATE \"C\"", "" },
        { "SELECT a", "[1]", "" },
        { "SELECT 1", " UNION SELECT 1", "" },
        { "SELECT 1", " UNION SELECT 1 WHERE a AND b", "" },
        { "SELECT 1 FROM a", " JOIN a ON b, c", "" },
        { "SELECT 1 FROM a", " JOIN a ON b AND c", "" },
        { "SELECT a", " IS NULL BETWEEN 1 AND 2", "" },
        { "SELECT ", "(", "1" },
        { "SELECT ", "(SELECT ", "1" },
        { "SELECT ", "CASE WHEN a THEN ", "1" },
        { "SELECT a", ".end + a.case", "" },
        { "SELECT 1 WHERE a", " OR a", "" },
        { "SELECT ", "f(", "1" },
        { "", "EXPLAIN ", "SELECT 1" },
        { "SELECT '", "''", "'" },
        { "", "/*", "" },
        { "", "(((", "" },
        { "SELECT 1 ", "+", " 1" },
        { "SELECT 1 ", "+-", " 1" },
        { "SELECT ", "/**/", " 1" },
        { "SELECT 1 ", "/**/ ", "" },
        { "SELECT 1 ", "--\n", "" },
        { "SELECT a", " AND NOT (b = 1 OR c", "" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void A_megabyte_of_nesting_is_judged(string before, string repeated, string after)
    {
        var sql = before + string.Concat(Enumerable.Repeat(repeated, ((1024 * 1024) - before.Length - after.Length) / repeated.Length)) + after;

        Judge.Judge(sql).Kind.Should().BeOneOf(StatementKind.Other, StatementKind.Select);
    }

    [Theory]
    [InlineData("SELECT 1", "+1", 8_000)]
    [InlineData("SELECT 'a'", "||'b'", 8_000)]
    [InlineData("SELECT 1", " UNION ALL SELECT 1", 3_000)]
    [InlineData("SELECT 1 WHERE a", " OR a = 2", 40_000)]
    [InlineData("INSERT INTO t VALUES (1, 'a')", ", (2, 'b')", 40_000)]
    [InlineData("SELECT 1 FROM t JOIN a ON true", " JOIN a ON t.id = a.id", 1_000)]
    [InlineData("SELECT 1 WHERE a IN (1", ", 2", 100_000)]
    public void Long_generated_statements_pass(string before, string repeated, int times)
    {
        var sql = before + string.Concat(Enumerable.Repeat(repeated, times)) + (before.Contains(" IN (", StringComparison.Ordinal) ? ")" : "");

        Judge.Judge(sql).Refusals.Should().BeEmpty();
    }
}
