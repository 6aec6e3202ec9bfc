using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using Nexus.Core.Databases.Schema;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Databases;

/// <summary>What an agent sees of a schema, and how much at a time.</summary>
public sealed class SchemaTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task Tables_come_with_columns_keys_and_what_refers_to_them()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ExecuteAsRoleAsync("""
            CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(80) NOT NULL UNIQUE);
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint REFERENCES customers, placed timestamptz DEFAULT now());
            CREATE INDEX ON orders (placed);
            COMMENT ON COLUMN orders.placed IS 'when';
            CREATE VIEW recent AS SELECT * FROM orders;
            """);
        await bench.ConnectAsync();

        var all = await InspectAsync(bench);
        var orders = (await InspectAsync(bench, "orders")).Tables.Should().ContainSingle().Which;

        all.Tables.Select(table => (table.Name, table.Kind)).Should().Equal(
            ("public.customers", SchemaTableKind.Table), ("public.orders", SchemaTableKind.Table), ("public.recent", SchemaTableKind.View));
        all.Tables[0].Keys.Should().Contain("UNIQUE (email)");
        all.Tables[0].ReferencedBy.Should().Equal("public.orders(customer_id)");
        orders.Columns.Should().Equal(
            "id bigint NOT NULL IDENTITY", "customer_id bigint", "placed timestamp with time zone DEFAULT now() -- when");
        orders.Keys.Should().Equal("PRIMARY KEY (id)", "FOREIGN KEY (customer_id) REFERENCES public.customers (id)");
        orders.Indexes.Should().ContainSingle().Which.Should().Contain("(placed)");
        (await Outcome.OfAsync(() => InspectAsync(bench, "nothing"))).Should().Be("TABLE_NOT_FOUND");
        var stranger = await bench.Host.StrangerAsync();
        (await Outcome.OfAsync(() => bench.Host.Get<SchemaQueries>().InspectAsync(stranger, bench.Id, true, null, null, default)))
            .Should().Be("SOURCE_NOT_FOUND");
    }

    [Fact]
    public async Task It_is_kept_until_it_is_asked_for_afresh()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ConnectAsync();
        (await InspectAsync(bench)).TableCount.Should().Be(0);

        await bench.ExecuteAsRoleAsync("CREATE TABLE late (id int)");

        (await InspectAsync(bench)).TableCount.Should().Be(0);
        (await InspectAsync(bench, refresh: true)).TableCount.Should().Be(1);
    }

    [Fact]
    public async Task Of_two_thousand_tables_an_agent_gets_names_page_by_page_and_one_table_whole()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await bench.ConnectAsync();
        var asksOfNone = await AsksAsync(bench);
        await MakeManyAsync(bench, 2000, "t");
        (await AsksAsync(bench)).Should().Be(asksOfNone, "it is one question, however many tables there are");

        var (names, cursor, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = await bench.Host.Get<SchemaQueries>().InspectAsync(bench.Owner, bench.Id, false, null, cursor, default);
            page.TableCount.Should().Be(2000);
            page.Hint.Should().Contain("Give table");
            JsonSerializer.SerializeToUtf8Bytes(page).Length.Should().BeLessThan(MostBytes);
            names.AddRange(page.Names);
            (cursor, pages) = (page.NextCursor, pages + 1);
        }
        while (cursor is not null);
        var one = await InspectAsync(bench, "t0042");
        var some = await InspectAsync(bench, "t004");

        names.Should().HaveCount(2000).And.OnlyHaveUniqueItems();
        pages.Should().Be(5);
        one.Tables.Should().ContainSingle().Which.Columns.Should().HaveCount(4);
        some.Tables.Should().HaveCount(10);
    }

    [Fact]
    public async Task Long_names_and_tables_of_a_thousand_columns_are_cut_to_a_size_that_an_agent_survives()
    {
        await using var bench = await SourceBench.StartAsync(postgres);
        await MakeManyAsync(bench, 600, new string('n', 55));
        await bench.ExecuteAsRoleAsync("""
            DO $$ BEGIN
              EXECUTE 'CREATE TABLE wide (' || (SELECT string_agg(format('%s_%s text DEFAULT %L', repeat('c', 50), i, repeat('d', 300)), ', ') FROM generate_series(1, 1000) i) || ')';
            END $$;
            """);
        await bench.ConnectAsync();

        var all = await InspectAsync(bench);
        var wide = await InspectAsync(bench, "wide");

        all.NextCursor.Should().NotBeNull();
        all.Names.Should().NotBeEmpty();
        wide.Tables.Should().ContainSingle().Which.Columns.Should().NotBeEmpty();
        wide.Hint.Should().Contain("of its 1000 columns");
        foreach (var view in new[] { all, wide }) JsonSerializer.SerializeToUtf8Bytes(view).Length.Should().BeLessThan(MostBytes);
    }

    private const int MostBytes = 32_000;

    private static Task MakeManyAsync(SourceBench bench, int count, string prefix) => bench.ExecuteAsRoleAsync($"""
        DO $$ BEGIN FOR i IN 1..{count} LOOP
          EXECUTE format('CREATE TABLE {prefix}%s (id bigint PRIMARY KEY, name text NOT NULL, amount numeric(9,2), at timestamptz)', lpad(i::text, 4, '0'));
        END LOOP; END $$;
        """);

    /// <summary>How often the database is asked for a schema that isn't cached.</summary>
    private static async Task<int> AsksAsync(SourceBench bench)
    {
        var count = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => count += activity.Tags.Any(tag => tag.Value == bench.DatabaseName) ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        await InspectAsync(bench, refresh: true);
        return count > 0 ? count : throw new InvalidOperationException("The driver told nothing.");
    }

    private static Task<SchemaView> InspectAsync(SourceBench bench, string? table = null, bool refresh = false) =>
        bench.Host.Get<SchemaQueries>().InspectAsync(bench.Owner, bench.Id, refresh, table, null, default);
}
