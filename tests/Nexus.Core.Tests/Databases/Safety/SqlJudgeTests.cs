using FluentAssertions;
using Nexus.Core.Databases.Safety;
using Xunit;

namespace Nexus.Core.Tests.Databases.Safety;

public sealed class SqlJudgeTests
{
    private static readonly SqlJudge Judge = new(new SqlParser());

    [Fact]
    public void A_select_is_a_read_without_risk()
    {
        var verdict = Judge.Judge("SELECT a.id, b.name FROM a JOIN s.b ON a.id = b.a -- all\nWHERE a.gone IS NULL");

        verdict.Refusals.Should().BeEmpty();
        verdict.Kind.Should().Be(StatementKind.Select);
        verdict.IsRead.Should().BeTrue();
        verdict.NeedsConfirmation.Should().BeFalse();
        verdict.Risk.Should().Be(RiskLevel.None);
        verdict.Tables.Should().Equal("a", "s.b");
        verdict.Canonical.Should().Be("SELECT a.id, b.name FROM a JOIN s.b ON a.id = b.a WHERE a.gone IS NULL");
    }

    [Fact]
    public void Every_reason_is_given_with_its_position()
    {
        const string sql = "/* é */ WITH gone AS (DELETE FROM a) SELECT pg_read_file('/etc/passwd'), x.pg_ls_dir FROM x; COMMIT";

        var verdict = Judge.Judge(sql);

        verdict.Refusals.Select(one => (one.Rule, one.Position)).Should().Equal(
            ("no-where", At("a)")), ("server-file", At("pg_read_file")), ("server-file", At("x.pg_ls_dir")),
            ("several-statements", At("COMMIT")), ("transaction-control", At("COMMIT")));
        verdict.Canonical.Should().BeNull();
        verdict.IsRead.Should().BeFalse();
        int At(string text) => sql.IndexOf(text, StringComparison.Ordinal) + 1;
    }

    [Theory]
    [InlineData("SELECT 1 INTO t")]
    [InlineData("SELECT * FROM t FOR UPDATE")]
    [InlineData("WITH n AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM n")]
    public void A_select_that_does_more_than_read_is_no_read(string sql)
    {
        var verdict = Judge.Judge(sql);

        verdict.Refusals.Should().BeEmpty();
        verdict.NeedsConfirmation.Should().BeTrue();
        verdict.Effects.Should().ContainSingle();
    }

    [Theory]
    [InlineData("DROP FUNCTION run_it(text)")]
    [InlineData("DROP OPERATOR @@@ (NONE, text)")]
    [InlineData("COMMENT ON FUNCTION run_it(text) IS 'runs it'")]
    public void What_is_dropped_or_described_is_not_run(string sql)
    {
        var verdict = Judge.Judge(sql);

        verdict.Refusals.Should().BeEmpty();
        verdict.Mentions.Functions.Should().BeEmpty();
        verdict.NeedsConfirmation.Should().BeTrue();
    }

    [Theory]
    [InlineData("UPDATE t SET a = 1 WHERE id = 1")]
    [InlineData("DELETE FROM t WHERE id = 1")]
    [InlineData("CREATE TABLE n AS SELECT * FROM t")]
    public void A_write_needs_no_other_reason_for_being_one(string sql) => Judge.Judge(sql).Effects.Should().BeEmpty();

    [Fact]
    public void A_query_of_a_WITH_is_not_a_table() =>
        Judge.Judge("WITH a AS (SELECT * FROM a), b AS (SELECT * FROM a) SELECT * FROM b, c").Tables.Should().Equal("a", "c");

    [Theory]
    [InlineData("ALTER TABLE t DROP COLUMN c", RiskLevel.High, "drops a column and its data")]
    [InlineData("DROP TABLE t CASCADE", RiskLevel.High, "drops a table and all that depends on it")]
    [InlineData("CREATE INDEX ON t (a)", RiskLevel.Medium, "keeps writers of the table waiting while the index is built")]
    [InlineData("ALTER TABLE t ADD c int", RiskLevel.Low, "adds a column")]
    [InlineData("CREATE TABLE t (a int)", RiskLevel.Low, "makes a new table")]
    public void DDL_has_a_risk_and_says_why(string sql, RiskLevel risk, string reason)
    {
        var verdict = Judge.Judge(sql);

        verdict.Kind.Should().Be(StatementKind.Ddl);
        verdict.Risk.Should().Be(risk);
        verdict.RiskReasons.Should().Contain(reason);
    }

    [Fact]
    public void A_syntax_error_is_a_refusal_at_its_place()
    {
        var refusal = Judge.Judge("SELECT 'é', FROM t").Refusals.Should().ContainSingle().Subject;

        refusal.Rule.Should().Be("unreadable");
        refusal.Position.Should().Be(13);
    }

    [Fact]
    public void A_refused_statement_throws_with_every_reason()
    {
        var refused = Judge.Judge("SET ROLE x; RESET ALL").Invoking(verdict => verdict.Check()).Should().Throw<NexusException>().Which;

        refused.Code.Should().Be("SQL_REFUSED");
        refused.Details.Should().HaveCount(3);
    }
}
