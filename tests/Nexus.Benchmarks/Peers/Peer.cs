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

    /// <summary>oidc-provider on Node, in memory.</summary>
    public static Task<Peer> StartOidcAsync() => StartNodeAsync("oidc.mjs");

    /// <summary>oidc-provider on Node and PostgreSQL.</summary>
    public static Task<Peer> StartOidcAsync(Uri database) => StartNodeAsync("oidc.mjs", database.OriginalString);

    /// <summary>oidc-provider on Node and SQLite.</summary>
    public static Task<Peer> StartOidcAsync(FileInfo database) => StartNodeAsync("oidc.mjs", database.FullName);

    /// <summary>An access token that the peer takes.</summary>
    public Task<string> TokenAsync() => Http.UntilAnswersAsync(new Uri(Address, "/token"));

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<Peer> StartDotNetAsync(string name) =>
        StartAsync(port => new("dotnet", typeof(Peer).Assembly.Location, "peer", name, port));

    private static async Task<Peer> StartNodeAsync(string script, params IEnumerable<string> arguments)
    {
        var folder = NodePackages.Folder;
        await NodePackages.InstallAsync();
        return await StartAsync(port => new(Tool.Path("node"), [Path.Combine(folder, script), port, .. arguments]));
    }

    private static async Task<Peer> StartAsync(Func<string, CommandLine> command)
    {
        var port = LoopbackPort.Next();
        var process = ChildProcess.Start(command(port.ToString(CultureInfo.InvariantCulture)));
        await Http.UntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"), process);
        return new(process, port);
    }
}
