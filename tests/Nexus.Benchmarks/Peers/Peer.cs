using System.Globalization;
using Nexus.Testing;

namespace Nexus.Benchmarks.Peers;

/// <summary>A server that Nexus is measured beside, as a process of its own on a loopback port.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly int _port;

    private Peer(ChildProcess process, int port) => (_process, _port) = (process, port);

    public int ProcessId => _process.Id;

    /// <summary>Its MCP endpoint.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/mcp"));

    /// <summary>The C# SDK with one tool, stateless, without authorization.</summary>
    public static Task<Peer> StartSdkAsync() => StartDotNetAsync(SdkServer.Name);

    /// <summary>Kestrel that answers a constant: the limit.</summary>
    public static Task<Peer> StartConstantAsync() => StartDotNetAsync(ConstantServer.Name);

    /// <summary>The TypeScript SDK on Node, with jose checking an ES256 token.</summary>
    public static Task<Peer> StartNodeAsync() => StartNodeAsync("server.mjs");

    /// <summary>oidc-provider on Node, in memory or, with a connection string, on PostgreSQL.</summary>
    public static Task<Peer> StartOidcAsync(Uri? database = null) => StartNodeAsync("oidc.mjs", database?.OriginalString);

    /// <summary>An access token that the peer takes.</summary>
    public Task<string> TokenAsync() => Http.UntilAnswersAsync(new Uri(Address, "/token"));

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<Peer> StartDotNetAsync(string name) =>
        StartAsync(port => new("dotnet", typeof(Peer).Assembly.Location, "peer", name, port));

    private static async Task<Peer> StartNodeAsync(string script, params IEnumerable<string?> arguments)
    {
        var folder = Repository.At("tests", "Nexus.Benchmarks", "Peers", "node");
        if (!HasPackages(folder))
            _ = (await Shell.RunAsync(new(Tool.Path("npm"), "ci", "--no-audit", "--no-fund") { Folder = folder }, TimeSpan.FromMinutes(5))).Required;
        return await StartAsync(port => new(Tool.Path("node"), [Path.Combine(folder, script), port, .. arguments.OfType<string>()]));
    }

    /// <summary>Whether npm has installed what the lock file asks for now.</summary>
    private static bool HasPackages(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    private static async Task<Peer> StartAsync(Func<string, CommandLine> command)
    {
        var port = LoopbackPort.Next();
        var process = ChildProcess.Start(command(port.ToString(CultureInfo.InvariantCulture)));
        await Http.UntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"), process);
        return new(process, port);
    }
}
