using System.Text.RegularExpressions;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>A server of its own with the corpus's tables and the roles that <c>docs/databases.md</c> makes, word for word.</summary>
public sealed partial class SafetyDatabase : IStartable<SafetyDatabase>
{
    public const string Secret = "the-secret-of-the-server";
    private const string Owner = "app_owner";
    private readonly PostgresServer _server;
    private readonly string _administrator;

    private SafetyDatabase(PostgresServer server, string administrator) => (_server, _administrator) = (server, administrator);

    public static async Task<SafetyDatabase> StartAsync(CancellationToken cancellation)
    {
        var server = await PostgresServer.StartAsync(cancellation);
        var database = new SafetyDatabase(server, await server.CreateDatabaseAsync(cancellation));
        await database.PrepareAsync(cancellation);
        return database;
    }

    public Task<NpgsqlConnection> AdministratorAsync() => OpenAsync(null);

    /// <summary>Reads and writes tables.</summary>
    public Task<NpgsqlConnection> WriterAsync() => OpenAsync("nexus_app");

    /// <summary>Changes tables too.</summary>
    public Task<NpgsqlConnection> DeveloperAsync() => OpenAsync("nexus_ddl");

    /// <summary>Takes back what a superuser had opened to everybody: a file as a table, and a file reader under another name.</summary>
    public async Task CloseAsync()
    {
        await using var connection = await AdministratorAsync();
        await RunAsync(connection, "REVOKE ALL ON foreign_file, parts_file, parts FROM nexus_app; REVOKE EXECUTE ON FUNCTION innocent(text) FROM PUBLIC", CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await using var connection = await AdministratorAsync();
        await RunAsync(connection, SqlCorpus.Schema, cancellation);
        await RunAsync(connection, $"SELECT pg_catalog.pg_file_write('secret.txt', '{Secret}', false)", cancellation);
        await RunAsync(connection, $"CREATE ROLE {Owner}; ALTER SCHEMA public OWNER TO {Owner}; ALTER SCHEMA sales OWNER TO {Owner}; GRANT CREATE ON DATABASE {connection.Database} TO {Owner}; {Owned}", cancellation);
        foreach (var role in new[] { "nexus_app", "nexus_ddl" })
        {
            // The last two blocks are for agents that change tables.
            foreach (var block in Documented().Where(block =>
                role == "nexus_ddl" || !(block.Contains($"GRANT {Owner}", StringComparison.Ordinal) || block.Contains("GRANT CREATE ON DATABASE", StringComparison.Ordinal))))
                await RunAsync(connection, block.Replace("nexus_app", role, StringComparison.Ordinal).Replace("DATABASE app", $"DATABASE {connection.Database}", StringComparison.Ordinal), cancellation);
        }
    }

    /// <summary>The tables and the enum are the application's, not the administrator's.</summary>
    private const string Owned = """
        DO $$ DECLARE r record; BEGIN
          FOR r IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('public', 'sales') AND c.relkind IN ('r', 'v', 'm') AND c.relname !~ '^(file|run)_' LOOP
            EXECUTE format('ALTER %s %s OWNER TO app_owner', CASE r.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, r.name);
          END LOOP;
          ALTER TYPE mood OWNER TO app_owner;
        END $$
        """;

    /// <summary>The SQL of the page that operators read.</summary>
    private static IEnumerable<string> Documented() =>
        SqlBlocks().Matches(File.ReadAllText(Repository.At("docs", "databases.md"))).Select(match => match.Groups[1].Value).Where(block => block.Contains("nexus_app", StringComparison.Ordinal));

    private async Task<NpgsqlConnection> OpenAsync(string? role)
    {
        var settings = new NpgsqlConnectionStringBuilder(_administrator) { Pooling = false, Options = "-c statement_timeout=2000 -c lock_timeout=2000" };
        if (role is not null) settings.Username = role;
        else settings.Options = null;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Everything that a statement could have changed: by name, what to look at.</summary>
    public async Task<IReadOnlyList<string>> StateAsync(bool withData)
    {
        await using var connection = await AdministratorAsync();
        var parts = new List<string>();
        foreach (var query in withData ? DatabaseState.Protected.Concat(DatabaseState.Data) : DatabaseState.Protected)
        {
            await using var command = new NpgsqlCommand(query, connection);
            parts.Add(query + ": " + await command.ExecuteScalarAsync());
        }

        return parts;
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlocks();
}
