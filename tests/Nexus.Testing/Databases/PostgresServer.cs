using System.Globalization;
using Npgsql;

namespace Nexus.Testing;

/// <summary>
/// A PostgreSQL server on a random loopback port with its data in a temporary folder. It lets everybody in but members of the role
/// <see cref="PasswordRole"/>, who need their password, and speaks TLS with a certificate for <c>localhost</c> of its own authority.
/// </summary>
public sealed class PostgresServer : IStartable<PostgresServer>
{
    /// <summary>The group whose members need a password.</summary>
    public const string PasswordRole = "with_password";

    internal const string User = "nexus";
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _server;
    private readonly int _port;
    private int _databases;

    private PostgresServer(TemporaryFolder folder, ChildProcess server, int port)
    {
        (_folder, _server, _port) = (folder, server, port);
    }

    public static async Task<PostgresServer> StartAsync(CancellationToken cancellation)
    {
        var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(folder.At("data")).FullName;
        await ServerUser.GiveAsync(data, cancellation);
        await InitializeAsync(data, cancellation);
        await AdmitAsync(data, cancellation);
        var authority = await ServerCertificate.WriteAsync(data, cancellation);
        await ServerUser.GiveAsync(data, cancellation);
        var port = LoopbackPort.Next();
        var server = new PostgresServer(folder, Launch(data, port), port) { AuthorityFile = authority };
        await Poll.UntilAsync(server.AnswersAsync, "PostgreSQL to answer", detail: server._server.Log.ToString, cancellation: cancellation);
        await server.ExecuteAsync($"CREATE ROLE {PasswordRole}", cancellation);
        return server;
    }

    public int Port => _port;

    /// <summary>A PEM file of the authority that its certificate is from.</summary>
    public required string AuthorityFile { get; init; }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellation = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}", cancellation);
        return ConnectionString(name);
    }

    /// <summary>The same, as a URL for programs that don't read .NET's connection strings.</summary>
    public async Task<Uri> CreateDatabaseUrlAsync(CancellationToken cancellation = default)
    {
        var made = new NpgsqlConnectionStringBuilder(await CreateDatabaseAsync(cancellation));
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"postgresql://{made.Username}@{made.Host}:{made.Port}/{made.Database}"));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static Task InitializeAsync(string data, CancellationToken cancellation) =>
        RequireAsync(ServerUser.Command(data, Program("initdb"), "--pgdata", data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--no-sync"), cancellation);

    private static async Task AdmitAsync(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(data, "pg_hba.conf");
        var rules = await File.ReadAllTextAsync(file, cancellation);
        await File.WriteAllTextAsync(file, $"host all +{PasswordRole} 127.0.0.1/32 scram-sha-256\n{rules}", cancellation);
    }

    private static ChildProcess Launch(string data, int port) => ChildProcess.Start(ServerUser.Command(
        data, Program("postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=500",
        "-c", "ssl=on", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"));

    private static async Task RequireAsync(CommandLine command, CancellationToken cancellation) =>
        _ = (await Shell.RunAsync(command, cancellation: cancellation)).Required;

    /// <summary>One of PostgreSQL's programs: Debian keeps those of each major version in a folder of their own, off the PATH.</summary>
    public static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", name, SearchOption.AllDirectories).Max() ?? Tool.Path(name)
            : Tool.Path(name);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1", CancellationToken.None);
            return true;
        }
        catch (NpgsqlException exception)
        {
            return _server.HasExited ? throw new InvalidOperationException($"PostgreSQL ended. {_server.Log}", exception) : false;
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Database = database,
        SslMode = SslMode.Disable,
        IncludeErrorDetail = true,
        // Each test has a database and a pool of its own, and would keep its connections long after it has ended.
        ConnectionIdleLifetime = 4,
        ConnectionPruningInterval = 2,
    }.ConnectionString;
}
