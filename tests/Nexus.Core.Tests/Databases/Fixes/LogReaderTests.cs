using FluentAssertions;
using Nexus.Core.Databases.Fixes.Logs;
using Xunit;

namespace Nexus.Core.Tests.Databases.Fixes;

/// <summary>Errors as the usual drivers print them.</summary>
public sealed class LogReaderTests
{
    public static TheoryData<string, string, string, string?> Wordings { get; } = new()
    {
        { "the server's own log", "ERROR:  relation \"orders\" does not exist at character 15", "42P01", "orders" },
        { "psycopg", "psycopg.errors.UndefinedTable: relation \"orders\" does not exist\nLINE 1: SELECT 1 FROM orders", "42P01", "orders" },
        { "SQLAlchemy", "(psycopg2.errors.UndefinedTable) relation \"orders\" does not exist\n[SQL: SELECT * FROM orders]", "42P01", "orders" },
        { "Django", "django.db.utils.ProgrammingError: relation \"shop_order\" does not exist", "42P01", "shop_order" },
        { "node-postgres", "error: relation \"orders\" does not exist\n  code: '42P01',", "42P01", "orders" },
        { "Knex", "error: select * from \"orders\" - relation \"orders\" does not exist", "42P01", "orders" },
        { "Npgsql", "Npgsql.PostgresException (0x80004005): 42P01: relation \"orders\" does not exist\n\nPOSITION: 15", "42P01", "orders" },
        { "JDBC", "org.postgresql.util.PSQLException: ERROR: relation \"orders\" does not exist\n  Position: 15", "42P01", "orders" },
        { "Go pq", "pq: relation \"orders\" does not exist", "42P01", "orders" },
        { "Go pgx", "ERROR: relation \"orders\" does not exist (SQLSTATE 42P01)", "42P01", "orders" },
        { "Rails", "ActiveRecord::StatementInvalid (PG::UndefinedTable: ERROR:  relation \"orders\" does not exist", "42P01", "orders" },
        { "Prisma", "The table `public.orders` does not exist in the current database.", "42P01", "orders" },
        { "JSON", "{\"level\":\"error\",\"msg\":\"relation \\\"orders\\\" does not exist\"}", "42P01", "orders" },
        { "a schema", "relation \"sales.orders\" does not exist", "42P01", "orders" },
        { "a German server", "FEHLER:  42P01: Relation »orders« existiert nicht", "42P01", "orders" },
        { "a column", "column \"total\" of relation \"orders\" does not exist", "42703", "orders" },
        { "a new row", "null value in column \"total\" of relation \"orders\" violates not-null constraint", "23502", "orders" },
        { "a double", "duplicate key value violates unique constraint \"orders_pkey\"", "23505", null },
        { "an orphan", "insert or update on table \"orders\" violates foreign key constraint \"orders_customer_id_fkey\"", "23503", "orders" },
        { "a long text", "value too long for type character varying(20)", "22001", null },
        { "a permission", "permission denied for table orders", "42501", "orders" },
        { "colours", "\u001b[31mERROR\u001b[0m: relation \"orders\" does not exist", "42P01", "orders" },
    };

    [Theory]
    [MemberData(nameof(Wordings))]
    public void Every_wording_names_the_error_and_its_table(string driver, string log, string sqlState, string? table)
    {
        var error = LogReader.Read(LogText.Of($"starting up\n{log}\nshutting down")).Should().ContainSingle(driver).Which;

        (error.SqlState, error.Relation).Should().Be((sqlState, table));
    }

    [Theory]
    [InlineData("column \"total\" does not exist", null, "total")]
    [InlineData("column o.total does not exist", "o", "total")]
    [InlineData("column shop_order.total does not exist", "shop_order", "total")]
    [InlineData("The column `Order.total` does not exist in the current database.", "Order", "total")]
    public void A_column_is_read_with_what_stands_before_it(string log, string? qualifier, string column)
    {
        var error = LogReader.Read(LogText.Of(log)).Should().ContainSingle().Which;

        (error.SqlState, error.Qualifier, error.Column).Should().Be(("42703", qualifier, column));
    }

    [Fact]
    public void Details_are_taken_from_the_lines_that_follow()
    {
        var error = LogReader.Read(LogText.Of("""
            error: insert or update on table "orders" violates foreign key constraint "orders_customer_id_fkey"
              detail: 'Key (customer_id)=(42) is not present in table "customers".',
              schema: 'public',
            """)).Should().ContainSingle().Which;

        (error.Column, error.Value, error.Parent, error.Schema).Should().Be(("customer_id", "42", "customers", "public"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("everything is fine")]
    [InlineData("ERROR: could not connect to server: Connection refused")]
    [InlineData("ERROR 1146 (42S02): Table 'shop.orders' doesn't exist")]
    [InlineData("ERROR: current transaction is aborted, commands ignored until end of transaction block")]
    public void What_is_no_error_of_these_is_none(string log) => LogReader.Read(LogText.Of(log)).Should().BeEmpty();

    [Theory]
    [InlineData("relation \"orders\"\"; DROP TABLE users; --\" does not exist")]
    [InlineData("relation \"orders); DROP TABLE users; --\" does not exist")]
    [InlineData("relation \"pg_authid\" does not exist")]
    [InlineData("column \"a, b\" does not exist")]
    [InlineData("relation \"a-very-long-name-that-PostgreSQL-would-cut-off-at-sixty-three-bytes-in-silence\" does not exist")]
    public void A_name_that_nobody_would_give_is_not_sound(string log) =>
        LogReader.Read(LogText.Of(log)).Should().NotContain(error => error.IsSound);

    [Fact]
    public void A_huge_log_is_read_from_its_end_and_the_same_error_once()
    {
        var log = string.Concat(Enumerable.Repeat("relation \"orders\" does not exist " + new string('"', 3000) + "\n", 5000)) + "relation \"items\" does not exist";

        LogReader.Read(LogText.Of(log)).Select(error => error.Relation).Should().Equal("orders", "items");
    }
}
