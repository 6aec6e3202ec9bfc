using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>Databases over the wire, on a server of its own and a real PostgreSQL.</summary>
public sealed class DatabaseToolTests(Shared<PostgresServer> postgres) : IAsyncLifetime
{
    private const string Canary = "canary-p4ss-7f2e";

    private readonly McpServerFixture _server = new();
    private string _connectionString = "";
    private int _port;

    [Fact]
    public async Task A_database_is_connected_listed_and_forgotten_and_its_password_comes_back_nowhere()
    {
        var answers = new List<JsonElement>();
        async Task<JsonElement> DoAsync(string tool, object? arguments = null)
        {
            var answer = await _server.CallAsync(tool, arguments);
            await _server.ShouldFitAsync(tool, answer);
            answers.Add(answer);
            return answer;
        }

        var connected = await DoAsync("nexusai_db_source_connect", Connection());
        connected.GetProperty("serverVersion").GetString().Should().StartWith("15.");
        var source = (await DoAsync("nexusai_db_source_list")).GetProperty("sources").EnumerateArray().Should().ContainSingle().Which;
        source.GetProperty("id").GetString().Should().Be(connected.GetProperty("sourceId").GetString());
        source.GetProperty("sslMode").GetString().Should().Be("disable");
        source.GetProperty("engine").GetString().Should().Be("POSTGRESQL");
        await DoAsync("nexusai_db_source_delete", new { sourceId = source.GetProperty("id").GetString() });
        (await DoAsync("nexusai_db_source_list")).GetProperty("sources").GetArrayLength().Should().Be(0);
        var refused = await _server.FailAsync("nexusai_db_source_connect", Connection("metadata", "169.254.169.254"));

        refused.Code.Should().Be("ADDRESS_NOT_PUBLIC");
        answers.Append(refused.Result).Should().NotContain(answer => answer.GetRawText().Contains(Canary));
        _server.Log.Lines.Should().NotContain(line => line.Contains(Canary));
    }

    [Fact]
    public async Task Reading_deployments_does_not_open_somebodys_database()
    {
        var token = _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId, Scopes.DeploymentsRead);
        var reader = _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId, Scopes.DatabasesRead);

        (await _server.FailAsync("nexusai_db_source_list", null, token)).Message.Should().Be("Missing required scope: databases:read");
        (await _server.FailAsync("nexusai_db_source_connect", Connection(), reader)).Message.Should().Be("Missing required scope: databases:write");
    }

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        var server = await postgres.GetAsync();
        (_connectionString, _port) = (await server.CreateDatabaseAsync(), server.Port);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private object Connection(string name = "shop", string host = "127.0.0.1") => new
    {
        name,
        host,
        dbName = new NpgsqlConnectionStringBuilder(_connectionString).Database,
        username = "nexus",
        password = Canary,
        port = _port,
        sslMode = "disable",
    };
}
