using FluentAssertions;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Safety;
using Xunit;

namespace Nexus.Core.Tests.Databases.Fixes;

/// <summary>The statement that failed, as logs frame it.</summary>
public sealed class StatementSearchTests
{
    public static TheoryData<string, string> Frames { get; } = new()
    {
        {
            "the server's own log",
            "ERROR:  relation \"invoices\" does not exist at character 13\nSTATEMENT:  INSERT INTO invoices\n\t(customer_id, total)\n\tVALUES (1, 2.5)\n2026-11-28 10:00:00 UTC LOG:  checkpoint starting"
        },
        {
            "SQLAlchemy",
            "sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation \"invoices\" does not exist\nLINE 1: INSERT INTO invoices (customer_id, total) VALUES (1, 2...\n                    ^\n\n[SQL: INSERT INTO invoices (customer_id, total) VALUES (%(customer_id)s, %(total)s) RETURNING invoices.customer_id]\n[parameters: {'customer_id': 1}]"
        },
        { "psycopg, cut off", "psycopg.errors.UndefinedTable: relation \"invoices\" does not exist\nLINE 1: INSERT INTO invoices (customer_id, total) VALUES (1, (SELECT ..." },
        { "node-postgres", "error: relation \"invoices\" does not exist\n  code: '42P01',\n  query: 'INSERT INTO \"invoices\"(\"customer_id\", \"total\") VALUES ($1, $2)',\n  parameters: [ 1, 2.5 ]" },
        { "Knex", "error: insert into \"invoices\" (\"customer_id\", \"total\") values ($1, $2) - relation \"invoices\" does not exist\n    at Parser.parseErrorMessage" },
        { "JDBC", "could not execute statement [ERROR: relation \"invoices\" does not exist\n  Position: 13] [insert into invoices (customer_id, total) values (?, ?)]" },
        { "EF Core", "Failed executing DbCommand (5ms) [Parameters=[@p0='?', @p1='?'], CommandType='Text']\nINSERT INTO invoices (customer_id, total)\nVALUES (@p0, @p1)\nRETURNING customer_id;\nNpgsql.PostgresException (0x80004005): 42P01: relation \"invoices\" does not exist" },
        { "GORM", "ERROR: relation \"invoices\" does not exist (SQLSTATE 42P01)\n[1.2ms] [rows:0] INSERT INTO \"invoices\" (\"customer_id\",\"total\") VALUES (1,2.5) RETURNING \"customer_id\"" },
        { "JSON", "{\"msg\":\"relation \\\"invoices\\\" does not exist\",\"query\":\"INSERT INTO \\\"invoices\\\" (\\\"customer_id\\\", \\\"total\\\") VALUES ($1, $2)\",\"code\":\"42P01\"}" },
        { "Rails", "ActiveRecord::StatementInvalid (PG::UndefinedTable: ERROR:  relation \"invoices\" does not exist\nLINE 1: INSERT INTO \"invoices\" (\"customer_id\", \"total\") VALUES ($1,...\n                    ^\n):" },
        { "a SELECT with an alias", "ERROR: relation \"invoices\" does not exist\nSTATEMENT: SELECT i.customer_id FROM invoices i WHERE i.total > 5" },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Its_columns_are_found_in_every_frame(string frame, string text)
    {
        var log = LogText.Of(text);
        var error = LogReader.Read(log).First(one => one.Relation == "invoices");

        var facts = new StatementSearch(new SqlParser()).Find(log, error);

        facts.Should().NotBeNull(frame);
        facts!.ColumnsOf("invoices", _ => false).Select(column => column.Name).Should().BeEquivalentTo(["customer_id", "total"], frame);
    }

    [Fact]
    public void A_log_of_nothing_but_beginnings_comes_to_an_end()
    {
        var log = LogText.Of(string.Concat(Enumerable.Repeat("select (((( insert into invoices ] \" ' ;\n", 20_000)) + "relation \"invoices\" does not exist");

        var facts = new StatementSearch(new SqlParser()).Find(log, LogReader.Read(log)[0]);

        facts?.Tables.Should().OnlyContain(table => table.Name == "invoices");
    }
}
