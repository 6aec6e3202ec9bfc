using System.Text.Json;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Queries;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>What may be asked of a source, with which scopes, and what is kept of it.</summary>
public sealed class QueryTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task A_read_runs_at_once_and_a_write_wants_the_scope_and_the_word()
    {
        await using var bench = await StartAsync();
        var reader = bench.Owner with { Scopes = new HashSet<string> { Scopes.DatabasesRead } };
        const string insert = "INSERT INTO items (name) VALUES ('b') RETURNING id";

        (await RunAsync(bench, reader, "SELECT name FROM items")).Rows.GetRawText().Should().Be("[[\"a\"]]");
        (await FailAsync(bench, reader, insert, confirmed: true)).Code.Should().Be("MISSING_SCOPE");
        var unconfirmed = await FailAsync(bench, bench.Owner, insert);
        (await CountAsync(bench)).Should().Be(1);
        var done = await RunAsync(bench, bench.Owner, insert, confirmed: true);

        unconfirmed.Code.Should().Be("CONFIRMATION_REQUIRED");
        unconfirmed.Details.Should().ContainSingle().Which.Should().BeOfType<QueryPreview>().Which.Plan.Should().Contain("Insert on items");
        (done.RowsAffected, done.Rows.GetRawText()).Should().Be((1, "[[2]]"));
        (await CountAsync(bench)).Should().Be(2);
    }

    [Fact]
    public async Task A_read_with_a_side_effect_is_a_write()
    {
        await using var bench = await StartAsync();
        var reader = bench.Owner with { Scopes = new HashSet<string> { Scopes.DatabasesRead } };

        foreach (var sql in (string[])["SELECT nextval('items_id_seq')", "WITH gone AS (DELETE FROM items WHERE id = 1 RETURNING id) SELECT * FROM gone", "SELECT bump()"])
            (await FailAsync(bench, reader, sql)).Code.Should().Be("MISSING_SCOPE", sql);
        (await CountAsync(bench)).Should().Be(1);
    }

    [Fact]
    public async Task What_is_refused_is_refused_with_every_reason_whoever_confirms_it()
    {
        await using var bench = await StartAsync();

        var failure = await FailAsync(bench, bench.Owner, "DELETE FROM items", confirmed: true);
        var file = await FailAsync(bench, bench.Owner, "SELECT pg_read_file('/etc/passwd')", confirmed: true);
        var preview = await bench.Host.Get<QueryPreviews>().PreviewAsync(bench.Owner, new(bench.Id, "DROP DATABASE x; SELECT 1"), default);

        failure.Code.Should().Be("SQL_REFUSED");
        file.Code.Should().Be("SQL_REFUSED");
        preview.Allowed.Should().BeFalse();
        preview.Refusals.Should().HaveCountGreaterThan(1);
        (await CountAsync(bench)).Should().Be(1);
    }

    [Fact]
    public async Task A_preview_shows_the_plan_with_its_parameters_and_changes_nothing()
    {
        await using var bench = await StartAsync();
        var asked = new AskedQuery(bench.Id, "DELETE FROM items WHERE id = $1", [JsonSerializer.SerializeToElement(1)]);

        var preview = await bench.Host.Get<QueryPreviews>().PreviewAsync(bench.Owner, asked, default);

        preview.Should().BeEquivalentTo(new { Allowed = true, NeedsConfirmation = true, Tables = new[] { "items" } });
        preview.Plan.Should().Contain("Delete on items");
        (await CountAsync(bench)).Should().Be(1);
    }

    [Fact]
    public async Task The_same_request_writes_once_and_a_dry_run_never()
    {
        await using var bench = await StartAsync();
        const string insert = "INSERT INTO items (name) VALUES ('b') RETURNING id";

        var dry = await RunAsync(bench, bench.Owner, insert, confirmed: true, new(DryRun: true));
        (await CountAsync(bench)).Should().Be(1);
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Outcome.OfAsync(
            () => RunAsync(bench, bench.Owner, insert, confirmed: true, new(RequestId: "one")))));
        var again = await RunAsync(bench, bench.Owner, insert, confirmed: true, new(RequestId: "one"));

        dry.Plan.Should().NotBeEmpty();
        codes.Should().Contain("OK").And.OnlyContain(code => code == "OK" || code == "REQUEST_IN_PROGRESS");
        again.RowsAffected.Should().Be(1);
        again.Rows.GetArrayLength().Should().Be(0, "what the rows held is not ours to keep");
        (await CountAsync(bench)).Should().Be(2);
        (await FailAsync(bench, bench.Owner, "INSERT INTO items (name) VALUES ('c')", confirmed: true, new(RequestId: "one")))
            .Code.Should().Be("REQUEST_ID_CONFLICT");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_may_be_sent_again()
    {
        await using var bench = await StartAsync();
        const string insert = "INSERT INTO items (id, name) VALUES (2, 'b'), (1, 'a')";

        (await FailAsync(bench, bench.Owner, insert, confirmed: true, new(RequestId: "one"))).Message.Should().Contain("23505");
        (await CountAsync(bench)).Should().Be(1);
        await bench.ExecuteAsync("DELETE FROM items");
        await RunAsync(bench, bench.Owner, insert, confirmed: true, new(RequestId: "one"));

        (await CountAsync(bench)).Should().Be(2);
    }

    [Fact]
    public async Task The_audit_tells_of_each_query_by_its_digest_and_never_its_text()
    {
        await using var bench = await StartAsync();

        await RunAsync(bench, bench.Owner, "SELECT 'canary-in-sql'");
        await FailAsync(bench, bench.Owner, "SELECT 'canary-in-sql' FROM nothing");
        await RunAsync(bench, bench.Owner, "UPDATE items SET name = 'canary-in-sql' WHERE id = 1", confirmed: true);

        await using var db = await bench.Host.Database.CreateDbContextAsync();
        var records = await db.AuditRecords.Where(record => record.Operation == "QueryDatabase" || record.Operation == "WriteDatabase")
            .OrderBy(record => record.Id).ToListAsync();
        records.Select(record => (record.Operation, record.Outcome)).Should().Equal(
            ("QueryDatabase", "OK"), ("QueryDatabase", "QUERY_FAILED"), ("WriteDatabase", "OK"));
        records[0].Target.Should().Be(bench.Id.ToString());
        records[0].Arguments.Should().Contain(AskedQuery.Sha256("SELECT 'canary-in-sql'"));
        records.Should().NotContain(record => record.Arguments.Contains("canary"));
    }

    [Fact]
    public async Task Another_organisation_cannot_ask_and_nobody_learns_the_password_from_an_error()
    {
        await using var bench = await StartAsync();
        var stranger = await bench.Host.StrangerAsync();

        (await FailAsync(bench, stranger, "SELECT 1")).Code.Should().Be("SOURCE_NOT_FOUND");
        (await FailAsync(bench, stranger, "DELETE FROM items WHERE id = 1", confirmed: true)).Code.Should().Be("SOURCE_NOT_FOUND");
        (await Outcome.OfAsync(() => bench.Host.Get<QueryPreviews>().PreviewAsync(stranger, new(bench.Id, "SELECT 1"), default)))
            .Should().Be("SOURCE_NOT_FOUND");
        (await FailAsync(bench, bench.Owner, $"SELECT '{SourceBench.Password}'::int")).Message.Should().NotContain(SourceBench.Password);
    }

    private async Task<SourceBench> StartAsync()
    {
        var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsRoleAsync("""
            CREATE TABLE items (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text);
            INSERT INTO items (name) VALUES ('a');
            CREATE FUNCTION bump() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO items (name) VALUES (''x'') RETURNING id';
            """);
        await bench.ConnectAsync();
        return bench;
    }

    private static async Task<long> CountAsync(SourceBench bench) => (long)(await bench.ScalarAsync("SELECT count(*) FROM items"))!;

    private static Task<QueryResult> RunAsync(
        SourceBench bench, Actor actor, string sql, bool confirmed = false, CommandOptions? options = null) =>
        bench.Host.Get<QueryCommands>().ExecuteAsync(actor, new(bench.Id, sql, Confirmed: confirmed), options ?? new(), default);

    private static async Task<NexusException> FailAsync(
        SourceBench bench, Actor actor, string sql, bool confirmed = false, CommandOptions? options = null) =>
        (await FluentActions.Awaiting(() => RunAsync(bench, actor, sql, confirmed, options)).Should().ThrowAsync<NexusException>()).Which;
}
