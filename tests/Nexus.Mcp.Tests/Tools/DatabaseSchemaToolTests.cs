using System.Text;
using System.Text.Json;
using Nexus.Mcp.Tests.Support;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>A database that is too large to be read at once, over the wire.</summary>
public sealed class DatabaseSchemaToolTests(Shared<PostgresServer> postgres) : IAsyncLifetime
{
    private const string Tool = "nexusai_db_inspect_schema";
    private const int MostBytes = 32_000;

    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task The_schema_of_two_thousand_tables_is_an_answer_that_an_agent_survives_and_says_how_to_narrow_it()
    {
        var sourceId = await ConnectAsync();

        var all = await _server.CallAsync(Tool, new { sourceId });
        await _server.ShouldFitAsync(Tool, all);
        var next = await _server.CallAsync(Tool, new { sourceId, cursor = all.GetProperty("nextCursor").GetString() });
        var some = await _server.CallAsync(Tool, new { sourceId, table = "billing_007" });
        var one = await _server.CallAsync(Tool, new { sourceId, table = "public.billing_0042" });
        var none = await _server.FailAsync(Tool, new { sourceId, table = "biling_0042" });

        all.GetProperty("tableCount").GetInt32().Should().Be(2000);
        all.GetProperty("tables").GetArrayLength().Should().Be(0);
        all.GetProperty("hint").GetString().Should().Contain("2000 tables").And.Contain("Give table").And.Contain("cursor");
        next.GetProperty("names")[0].GetString().Should().NotBe(all.GetProperty("names")[0].GetString());
        some.GetProperty("tables").GetArrayLength().Should().Be(10);
        one.GetProperty("tables")[0].GetProperty("columns").GetArrayLength().Should().Be(4);
        one.TryGetProperty("hint", out _).Should().BeFalse("this is all of it");
        none.Hint.Should().Contain("billing_0042");
        foreach (var answer in (JsonElement[])[all, next, some, one]) Encoding.UTF8.GetByteCount(answer.GetRawText()).Should().BeLessThan(MostBytes);
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<string?> ConnectAsync()
    {
        var server = await postgres.GetAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            DO $$ BEGIN FOR i IN 1..2000 LOOP
              EXECUTE format('CREATE TABLE billing_%s (id bigint PRIMARY KEY, name text NOT NULL, amount numeric(9,2), at timestamptz)', lpad(i::text, 4, '0'));
              IF i % 100 = 0 THEN COMMIT; END IF;
            END LOOP; END $$;
            """, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
        var connected = await _server.CallAsync("nexusai_db_source_connect", new
        {
            name = "large",
            host = "127.0.0.1",
            port = server.Port,
            dbName = connection.Database,
            username = "nexus",
            password = "none",
            sslMode = "disable",
        });
        return connected.GetProperty("sourceId").GetString();
    }
}
