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
            answers.Add(await _server.DoAsync(tool, arguments));
            return answers[^1];
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
    public async Task A_schema_is_inspected_and_queries_are_previewed_confirmed_and_run()
    {
        var sourceId = (await _server.CallAsync("nexusai_db_source_connect", Connection())).GetProperty("sourceId").GetString();
        const string create = "CREATE TABLE notes (id int PRIMARY KEY, body jsonb)";
        var unconfirmed = await _server.FailAsync("nexusai_db_query_execute", new { sourceId, sql = create });
        await _server.DoAsync("nexusai_db_query_execute", new { sourceId, sql = create, confirmed = true, requestId = "make" });
        await _server.DoAsync("nexusai_db_query_execute", new
        {
            sourceId,
            sql = "INSERT INTO notes VALUES ($1, $2)",
            @params = new object[] { 1, new { text = "hello" } },
            confirmed = true,
        });
        var rows = await _server.DoAsync("nexusai_db_query_execute", new { sourceId, sql = "SELECT body FROM notes WHERE id = $1", @params = new[] { 1 } });
        var preview = await _server.DoAsync("nexusai_db_query_preview", new { sourceId, sql = "DELETE FROM notes; DROP DATABASE x" });
        var table = await _server.DoAsync("nexusai_db_inspect_schema", new { sourceId, table = "notes", refresh = true });
        var reader = _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId, Scopes.DatabasesRead);
        var noWriter = await _server.FailAsync("nexusai_db_query_execute", new { sourceId, sql = "DROP TABLE notes", confirmed = true }, reader);

        unconfirmed.Code.Should().Be("CONFIRMATION_REQUIRED");
        unconfirmed.Result.GetRawText().Should().Contain("needsConfirmation");
        rows.GetProperty("rows")[0][0].GetProperty("text").GetString().Should().Be("hello");
        preview.GetProperty("allowed").GetBoolean().Should().BeFalse();
        table.GetProperty("tables")[0].GetProperty("columns")[0].GetString().Should().Be("id integer NOT NULL");
        noWriter.Message.Should().Be("Missing required scope: databases:write");
        noWriter.Result.GetProperty("_meta").GetProperty("mcp/www_authenticate")[0].GetString().Should().Contain("databases:write");
    }

    [Fact]
    public async Task A_fix_is_proposed_from_a_log_and_applied_once_the_person_agrees()
    {
        var sourceId = (await _server.CallAsync("nexusai_db_source_connect", Connection())).GetProperty("sourceId").GetString();
        var proposal = await _server.CallAsync("nexusai_db_propose_fix", new { sourceId, logSnippet = "pq: relation \"widgets\" does not exist" });
        await _server.ShouldFitAsync("nexusai_db_propose_fix", proposal);
        var proposalId = proposal.GetProperty("proposalId").GetString();

        var unconfirmed = await _server.FailAsync("nexusai_db_apply_fix", new { proposalId, sourceId });
        var plan = await _server.CallAsync("nexusai_db_apply_fix", new { proposalId, sourceId, dryRun = true });
        await _server.ShouldFitAsync("nexusai_db_apply_fix", plan);
        var applied = await _server.CallAsync("nexusai_db_apply_fix", new { proposalId, sourceId, confirmed = true });
        await _server.ShouldFitAsync("nexusai_db_apply_fix", applied);

        proposal.GetProperty("riskLevel").GetString().Should().Be("LOW");
        unconfirmed.Code.Should().Be("CONFIRMATION_REQUIRED");
        unconfirmed.Result.GetRawText().Should().Contain("CREATE TABLE public.widgets");
        plan.GetProperty("plan")[0].GetString().Should().StartWith("statement: - -> CREATE TABLE public.widgets");
        applied.GetProperty("proposalId").GetString().Should().Be(proposalId);
        await _server.CallAsync("nexusai_db_query_execute", new { sourceId, sql = "SELECT id FROM widgets" });
        (await _server.FailAsync("nexusai_db_apply_fix", new { proposalId, sourceId, confirmed = true })).Code.Should().Be("PROPOSAL_APPLIED");
    }

    [Fact]
    public async Task A_deployments_log_is_read_for_those_who_may_read_it()
    {
        var sourceId = (await _server.CallAsync("nexusai_db_source_connect", Connection())).GetProperty("sourceId").GetString();
        await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" });
        _server.Provider.Printed = [new(DateTimeOffset.UnixEpoch, "stderr", "ERROR: relation \"gadgets\" does not exist (SQLSTATE 42P01)")];
        Task<ToolFailure> WithAsync(string deploymentId, string? token = null) =>
            _server.FailAsync("nexusai_db_propose_fix", new { sourceId, logSnippet = "see there", deploymentId }, token);

        var proposal = await _server.CallAsync("nexusai_db_propose_fix", new { sourceId, logSnippet = "see there", deploymentId = "web" });
        var withoutLogs = await WithAsync("web", _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId, Scopes.DatabasesRead, Scopes.DeploymentsRead));

        proposal.GetProperty("proposedSql").GetString().Should().Contain("gadgets");
        withoutLogs.Message.Should().Be("Missing required scope: deployments:logs");
        withoutLogs.Result.GetProperty("_meta").GetProperty("mcp/www_authenticate")[0].GetString().Should().Contain("deployments:logs");
        (await WithAsync("foreign")).Code.Should().Be("DEPLOYMENT_NOT_FOUND");
        (await WithAsync(Guid.NewGuid().ToString())).Code.Should().Be("DEPLOYMENT_NOT_FOUND");
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
