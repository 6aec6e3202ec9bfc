using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Nexus.Testing;

/// <summary>An image registry on a random loopback port, which every Docker Engine trusts without TLS.</summary>
public sealed partial class LocalRegistry : IStartable<LocalRegistry>
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = LoopbackPort.Next();
    private readonly ConcurrentDictionary<string, string> _owners = new();
    private ChildProcess? _process;

    /// <summary>What an image's name begins with to mean this registry: <c>127.0.0.1:PORT</c>.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<LocalRegistry> StartAsync(CancellationToken cancellation)
    {
        var registry = new LocalRegistry();
        await registry.StartAgainAsync(cancellation);
        return registry;
    }

    /// <summary>Starts a stopped registry at the same address with the same images.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        var configuration = _folder.At("config.yml");
        await File.WriteAllTextAsync(configuration, Configuration(), cancellation);
        var process = _process = ChildProcess.Start(new(Tool.Path("docker-registry"), "serve", configuration));
        await Http.UntilAnswersAsync(new Uri($"http://{Host}/v2/"), process, cancellation: cancellation);
    }

    /// <summary>Stops the registry: it can't be reached, its images stay.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
        _process = null;
    }

    /// <summary>
    /// Pushes an engine's image under <paramref name="name"/> (<c>app:1</c>) and returns its digest (<c>sha256:…</c>). Test classes run
    /// side by side and take their names off the engine again, so a repository belongs to the class that first pushes to it.
    /// </summary>
    public async Task<string> PushAsync(DockerEngine engine, string image, string name, [CallerFilePath] string caller = "")
    {
        var owner = _owners.GetOrAdd(name.Split(':')[0], caller);
        if (owner != caller) throw new InvalidOperationException($"{name} belongs to {Path.GetFileName(owner)}: push under another name.");
        await engine.Cli.RunAsync("tag", image, $"{Host}/{name}");
        return Digest().Match(await engine.Cli.RunAsync("push", $"{Host}/{name}")).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private string Configuration() => $$"""
        version: 0.1
        log: { level: warn, accesslog: { disabled: true } }
        storage: { filesystem: { rootdirectory: {{_folder.At("images")}} }, delete: { enabled: true } }
        http: { addr: "{{Host}}" }
        """;

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();
}
