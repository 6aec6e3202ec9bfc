namespace Nexus.Testing;

/// <summary>A registry of images on a random loopback port, where engines ask for no TLS.</summary>
public sealed class LocalRegistry : IStartable<LocalRegistry>
{
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _server;

    private LocalRegistry(TemporaryFolder folder, ChildProcess server, string host) => (_folder, _server, Host) = (folder, server, host);

    /// <summary>What its images' names begin with, e.g. <c>127.0.0.1:20123</c>.</summary>
    public string Host { get; }

    /// <summary>Starts one that gives to everybody.</summary>
    public static Task<LocalRegistry> StartAsync(CancellationToken cancellation) => StartAsync(locked: false, cancellation);

    /// <param name="locked">Whether it wants credentials that nobody has.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<LocalRegistry> StartAsync(bool locked, CancellationToken cancellation = default)
    {
        var folder = new TemporaryFolder();
        var host = $"127.0.0.1:{LoopbackPort.Next()}";
        await File.WriteAllTextAsync(folder.At("config.yml"), Configuration(folder, host, locked), cancellation);
        var server = ChildProcess.Start(new(Tool.Path("docker-registry"), "serve", folder.At("config.yml")));
        var registry = new LocalRegistry(folder, server, host);
        await Poll.UntilAsync(registry.AnswersAsync, "the registry to answer", detail: server.Log.ToString, cancellation: cancellation);
        return registry;
    }

    /// <summary>Copies an image of the engine into the registry as <paramref name="name"/>, and returns its full name.</summary>
    public async Task<string> PushAsync(DockerEngine engine, string image, string name)
    {
        await engine.Cli.RunAsync("tag", image, $"{Host}/{name}");
        await engine.Cli.RunAsync("push", "--quiet", $"{Host}/{name}");
        return $"{Host}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static string Configuration(TemporaryFolder folder, string host, bool locked) => $"""
        version: 0.1
        log: {"{"} level: warn {"}"}
        storage:
          filesystem: {"{"} rootdirectory: {folder.At("images")} {"}"}
        http: {"{"} addr: "{host}" {"}"}
        {(locked ? $"auth: {{ htpasswd: {{ realm: tests, path: {folder.At("users")} }} }}" : "")}
        """;

    private async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync($"http://{Host}/v2/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
