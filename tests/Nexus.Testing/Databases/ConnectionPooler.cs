using System.Globalization;

namespace Nexus.Testing;

/// <summary>For how long a client of a pooler keeps a connection to the server.</summary>
public enum PoolMode
{
    /// <summary>Until it goes; then the pooler resets the connection.</summary>
    Session,

    /// <summary>For a transaction; nothing is reset, and the next client finds what was left.</summary>
    Transaction,
}

/// <summary>
/// pgbouncer on a loopback port before a PostgreSQL server. It keeps a single connection for each user of a database, so that its
/// clients follow each other on it, and asks the server for their passwords.
/// </summary>
public sealed class ConnectionPooler : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ChildProcess? _process;

    public int Port { get; } = LoopbackPort.Next();

    public static async Task<ConnectionPooler> StartAsync(PostgresServer server, PoolMode mode, CancellationToken cancellation = default)
    {
        var pooler = new ConnectionPooler();
        await File.WriteAllTextAsync(pooler._folder.At("pgbouncer.ini"), pooler.Configuration(server, mode), cancellation);
        await File.WriteAllTextAsync(pooler._folder.At("users.txt"), $"\"{PostgresServer.User}\" \"\"\n", cancellation);
        await ServerUser.GiveAsync(pooler._folder.Path, cancellation);
        pooler._process = ChildProcess.Start(ServerUser.Command(pooler._folder.Path, Tool.Path("pgbouncer"), pooler._folder.At("pgbouncer.ini")));
        await pooler._process.Log.WaitForAsync(line => line.Contains("process up", StringComparison.Ordinal), "pgbouncer to listen", cancellation: cancellation);
        return pooler;
    }

    /// <summary>What it has written.</summary>
    public override string ToString() => _process?.Log.ToString() ?? "";

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _folder.Dispose();
    }

    private string Configuration(PostgresServer server, PoolMode mode) => string.Create(CultureInfo.InvariantCulture, $"""
        [databases]
        * = host=127.0.0.1 port={server.Port}

        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {Port}
        unix_socket_dir =
        pool_mode = {mode.ToString().ToLowerInvariant()}
        default_pool_size = 1
        auth_type = scram-sha-256
        auth_file = {_folder.At("users.txt")}
        auth_user = {PostgresServer.User}

        """);
}
