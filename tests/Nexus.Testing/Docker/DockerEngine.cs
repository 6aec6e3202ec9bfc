using System.Globalization;
using System.Net.Sockets;

namespace Nexus.Testing;

/// <summary>
/// A Docker Engine of the tests' own: socket, data, networks and packet filter rules are apart from any other engine on
/// this machine, and nothing is left of it when the test process ends, however it ends.
/// </summary>
public sealed class DockerEngine : IStartable<DockerEngine>
{
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _supervisor;
    private int _stops;

    private DockerEngine(TemporaryFolder folder, ChildProcess supervisor)
    {
        (_folder, _supervisor) = (folder, supervisor);
        Cli = new DockerCli(Endpoint.OriginalString, folder.At("client"));
    }

    public Uri Endpoint => new($"unix://{Socket}");

    public string Socket => _folder.At("docker.sock");

    public DockerCli Cli { get; }

    /// <summary>What dockerd has logged.</summary>
    public string Log => File.Exists(_folder.At("docker.log")) ? File.ReadAllText(_folder.At("docker.log")) : _supervisor.Log.ToString();

    /// <summary>Starts an engine that has busybox and nginx.</summary>
    public static async Task<DockerEngine> StartAsync(CancellationToken cancellation)
    {
        var engine = await StartEmptyAsync(cancellation: cancellation);
        await engine.LoadAsync(BaseImage.Busybox, cancellation);
        await engine.LoadAsync(BaseImage.Nginx, cancellation);
        return engine;
    }

    /// <summary>Starts an engine without any image; with <paramref name="diskMiB"/>, on a disk of its own that is no larger.</summary>
    public static async Task<DockerEngine> StartEmptyAsync(int? diskMiB = null, CancellationToken cancellation = default)
    {
        Tool.NeedsRoot("A Docker Engine for the tests");
        _ = Tool.Path("dockerd");
        var folder = new TemporaryFolder();
        var supervisor = ChildProcess.StartListening(new(Tool.Path("bash"), Tool.Script("docker-engine.sh"), folder.Path, folder.At("state"))
        {
            Variables = new Dictionary<string, string?> { ["NEXUS_DISK_MIB"] = diskMiB?.ToString(CultureInfo.InvariantCulture) },
        });
        var engine = new DockerEngine(folder, supervisor);
        await engine.StartAgainAsync(cancellation);
        return engine;
    }

    /// <summary>Makes a base image available, building it where no earlier run has.</summary>
    public Task LoadAsync(BaseImage image, CancellationToken cancellation = default) => new BaseImageCache(Cli).LoadAsync(image, cancellation);

    /// <summary>Builds a test application and returns its tag.</summary>
    public async Task<string> BuildAsync(TestImage image)
    {
        await Cli.BuildAsync(image.Tag, image.Dockerfile, TestImage.Files);
        return image.Tag;
    }

    /// <summary>Starts a stopped engine on the same data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        await _supervisor.OrderAsync("start", cancellation);
        await Poll.UntilAsync(AnswersAsync, "the Docker Engine to answer", TimeSpan.FromSeconds(60), () => Log, cancellation);
    }

    /// <summary>Stops the engine in good order, and with it its containers; the data stays.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => EndAsync("stop", cancellation);

    /// <summary>Ends the engine and its containers at once, like a power cut; the data stays.</summary>
    public Task KillAsync(CancellationToken cancellation = default) => EndAsync("kill", cancellation);

    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        await StopAsync(cancellation);
        await StartAgainAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _supervisor.EndInput();
        // It removes images of many thousand files.
        await _supervisor.WaitForExitAsync(TimeSpan.FromMinutes(5));
        await _supervisor.DisposeAsync();
        _folder.Dispose();
    }

    private async Task EndAsync(string order, CancellationToken cancellation)
    {
        var stops = ++_stops;
        await _supervisor.OrderAsync(order, cancellation);
        await Poll.UntilAsync(() => _supervisor.Log.Output.Count >= stops, $"the Docker Engine to {order}", TimeSpan.FromSeconds(60), () => Log, cancellation);
    }

    private async Task<bool> AnswersAsync()
    {
        if (_supervisor.HasExited)
            throw new InvalidOperationException($"The Docker Engine did not start.{Environment.NewLine}{_supervisor.Log}");
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(cancellation) });
        try
        {
            return (await http.GetAsync("http://docker/_ping")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
