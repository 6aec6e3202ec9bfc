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

    private const string User = "nexus";
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
        await GiveToServerUserAsync(data, cancellation);
        await InitializeAsync(data, cancellation);
        await AdmitAsync(data, cancellation);
        var authority = await ServerCertificate.WriteAsync(data, cancellation);
        await GiveToServerUserAsync(data, cancellation);
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
        RequireAsync(AsServerUser(data, Program("initdb"), "--pgdata", data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--no-sync"), cancellation);

    private static async Task AdmitAsync(string data, CancellationToken cancellation)
    {
        var file = Path.Combine(data, "pg_hba.conf");
        var rules = await File.ReadAllTextAsync(file, cancellation);
        await File.WriteAllTextAsync(file, $"host all +{PasswordRole} 127.0.0.1/32 scram-sha-256\n{rules}", cancellation);
    }

    private static ChildProcess Launch(string data, int port) => ChildProcess.Start(AsServerUser(
        data, Program("postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200",
        "-c", "ssl=on", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"));

    // PostgreSQL refuses to run as root.
    private static CommandLine AsServerUser(string folder, string program, params string[] arguments) => Tool.IsRoot
        ? new(Tool.Path("setpriv"), ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments]) { Folder = folder }
        : new(program, arguments) { Folder = folder };

    private static async Task GiveToServerUserAsync(string folder, CancellationToken cancellation)
    {
        if (Tool.IsRoot)
            await RequireAsync(new(Tool.Path("chown"), "--recursive", "postgres:postgres", folder), cancellation);
    }

    private static async Task RequireAsync(CommandLine command, CancellationToken cancellation) =>
        _ = (await Shell.RunAsync(command, cancellation: cancellation)).Required;

    // Debian keeps the programs of each major version in a folder of their own, off the PATH.
    private static string Program(string name) =>
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

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = User, Database = database, SslMode = SslMode.Disable, IncludeErrorDetail = true }.ConnectionString;
}
