using System.Globalization;

namespace Nexus.Testing;

/// <summary>The built server as a process of its own, on a loopback port and with a data folder that outlives restarts.</summary>
public sealed class NexusServerProcess : IStartable<NexusServerProcess>
{
    private readonly TemporaryFolder _folder = new();
    private readonly NexusServerOptions _options;
    private readonly int _port;
    private ChildProcess? _process;

    private NexusServerProcess(NexusServerOptions options)
    {
        _options = options;
        _port = options.Port ?? LoopbackPort.Next();
        Data = options.Data ?? Directory.CreateDirectory(_folder.At("data")).FullName;
    }

    /// <summary>The public address, by the name that browsers and the server's defaults use: <c>http://localhost:PORT</c>.</summary>
    public Uri BaseUrl => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_port}"));

    public string Data { get; }

    public int ProcessId => Process.Id;

    /// <summary>What the process has written since its last start.</summary>
    public OutputLog Log => Process.Log;

    private ChildProcess Process => _process ?? throw new InvalidOperationException("The server isn't running.");

    private static string ShippedProgram => Repository.At("src", "Nexus.Server", "bin", Repository.Configuration, "net10.0", "Nexus.Server.dll");

    public static Task<NexusServerProcess> StartAsync(CancellationToken cancellation) => StartAsync(new NexusServerOptions(), cancellation);

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<NexusServerProcess> StartAsync(NexusServerOptions options, CancellationToken cancellation = default)
    {
        var server = new NexusServerProcess(options);
        await server.StartAgainAsync(cancellation);
        return server;
    }

    /// <summary>Runs a server that is expected to end by itself, for example over a bad setting.</summary>
    public static async Task<CommandResult> RunToEndAsync(NexusServerOptions options, CancellationToken cancellation = default)
    {
        await using var server = new NexusServerProcess(options);
        return await Shell.RunAsync(server.Command(), cancellation: cancellation);
    }

    /// <summary>Runs a command of the program, such as <c>keys list</c>, beside a server on the same data.</summary>
    public static async Task<CommandResult> RunCommandAsync(
        IReadOnlyList<string> command, NexusServerOptions options, CancellationToken cancellation = default)
    {
        await using var program = new NexusServerProcess(options);
        return await Shell.RunAsync(program.Command([.. command, "--data", program.Data]), cancellation: cancellation);
    }

    /// <summary>Starts a killed or stopped server on the same port and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        if (_process is { } previous)
            await previous.DisposeAsync();
        _process = ChildProcess.Start(Command());
        await Http.UntilAnswersAsync(new Uri(BaseUrl, "/health/ready"), _process, TimeSpan.FromSeconds(60), cancellation);
    }

    /// <summary>SIGKILL: the process ends between two instructions. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an operator stops it; returns the exit code, which is 0 after a graceful stop.</summary>
    public Task<int> StopAsync()
    {
        Process.Terminate();
        return Process.WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended by itself, and returns its exit code: 137 where SIGKILL ended it.</summary>
    public Task<int> WaitForExitAsync() => Process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
        _folder.Dispose();
    }

    private CommandLine Command() =>
        Command(["--port", _port.ToString(CultureInfo.InvariantCulture), "--data", Data, .. _options.Arguments]);

    private CommandLine Command(IReadOnlyList<string> arguments) => new("dotnet", [_options.Program ?? ShippedProgram, .. arguments])
    {
        // Where no appsettings.json lies.
        Folder = _folder.Path,
        Variables = CleanEnvironment().Concat(_options.Variables).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value),
    };

    // What the machine's user has set for a Nexus or Docker of their own is not for the tests.
    private Dictionary<string, string?> CleanEnvironment()
    {
        string[] foreign = ["Nexus__", "MCP_", "OAUTH_", "ENCRYPTION_KEY", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOCKER_", "OTEL_"];
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => foreign.Any(name.StartsWith))
            .ToDictionary(name => name, _ => (string?)null);
        variables["DOCKER_HOST"] = _options.Docker?.Endpoint.OriginalString ?? $"unix://{_folder.At("no-docker.sock")}";
        return variables;
    }
}
