using FluentAssertions;
using Npgsql;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class PostgresServerTests(Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task Each_database_is_new_and_answers()
    {
        var server = await postgres.GetAsync();
        var one = await server.CreateDatabaseAsync();
        var other = await server.CreateDatabaseAsync();

        other.Should().NotBe(one);
        (await ScalarAsync(one, "CREATE TABLE things (id int); SELECT count(*) FROM things")).Should().Be(0L);
        (await ScalarAsync(other, "SELECT to_regclass('things') IS NULL")).Should().Be(true);
    }

    [Fact]
    public async Task It_is_the_version_that_we_support_at_least() =>
        int.Parse((string)(await ScalarAsync(await (await postgres.GetAsync()).CreateDatabaseAsync(), "SHOW server_version_num"))!, null)
            .Should().BeGreaterThanOrEqualTo(150_000);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
