using Microsoft.Extensions.Logging;
using Nexus.Core.Access;
using Nexus.Core.Databases;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Npgsql;

namespace Nexus.Core.Tests.Databases;

/// <summary>The core, and beside it a database of somebody's with a role that needs its password.</summary>
internal sealed class SourceBench : IAsyncDisposable
{
    public const string Password = "canary-p4ss-5d1c";

    private static int _roles;

    private ConnectionPooler? _pooler;

    private SourceBench(CoreHost host, PostgresServer server, string connectionString, string role) =>
        (Host, Server, ConnectionString, Role) = (host, server, connectionString, role);

    public CoreHost Host { get; }

    public PostgresServer Server { get; }

    /// <summary>Its superuser's way in.</summary>
    public string ConnectionString { get; }

    public string Role { get; }

    /// <summary>Where sources are registered: the server's port, or the pooler's before it.</summary>
    public int Port => _pooler?.Port ?? Server.Port;

    /// <summary>The source that was registered last.</summary>
    public Guid Id { get; private set; }

    public Actor Owner => Host.Owner;

    public string DatabaseName => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    public SourceCommands Sources => Host.Get<SourceCommands>();

    public static async Task<SourceBench> StartAsync(
        Shared<PostgresServer> postgres, ExternalDatabaseOptions? options = null, DatabaseOptions? storage = null, PoolMode? pooled = null,
        ILoggerProvider? log = null)
    {
        var server = await postgres.GetAsync();
        var host = await CoreHost.StartAsync(storage, databases: options, log: log);
        var bench = new SourceBench(host, server, await server.CreateDatabaseAsync(), $"agent_{Interlocked.Increment(ref _roles)}_{Environment.ProcessId}");
        await bench.ExecuteAsync($"""
            CREATE ROLE {bench.Role} LOGIN PASSWORD '{Password}' IN ROLE {PostgresServer.PasswordRole};
            GRANT CREATE, USAGE ON SCHEMA public TO {bench.Role};
            """);
        if (pooled is { } mode) bench._pooler = await ConnectionPooler.StartAsync(server, mode);
        return bench;
    }

    public ConnectSource Asked(string name = "shop", string host = "127.0.0.1") =>
        new(name, host, DatabaseName, Role, Password, Port, DatabaseSslMode.Disable);

    /// <summary>Registers the database as a source.</summary>
    public async Task<Guid> ConnectAsync(string name = "shop") =>
        Id = (await Sources.ConnectAsync(Owner, Asked(name), new(), default)).Source.Id;

    /// <summary>As the database's superuser.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As the source's role, so that what it makes is its own.</summary>
    public Task ExecuteAsRoleAsync(string sql) => ExecuteAsync($"SET ROLE {Role}; {sql}");

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_pooler is not null) await _pooler.DisposeAsync();
    }
}
