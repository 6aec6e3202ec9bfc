using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Sources;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

/// <summary>The provider on the tests' engine, with a project and a deployment of its own that leave nothing behind.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    /// <summary>The static busybox that the engine has.</summary>
    public const string Image = "busybox:1";

    private readonly ServiceProvider _services;

    private TestProvider(DockerEngine engine, DockerOptions options)
    {
        Engine = engine;
        _services = new ServiceCollection().AddDockerProvider(options).BuildServiceProvider();
        Provider = _services.GetRequiredService<IDeploymentProvider>();
    }

    public DockerEngine Engine { get; }

    public IDeploymentProvider Provider { get; }

    public Guid ProjectId { get; } = Guid.CreateVersion7();

    public Guid DeploymentId { get; } = Guid.CreateVersion7();

    public static async Task<TestProvider> CreateAsync(
        Shared<DockerEngine> engine, Func<DockerOptions, DockerOptions>? configure = null)
    {
        var running = await engine.GetAsync();
        var options = new DockerOptions { Host = running.Endpoint.OriginalString };
        return new TestProvider(running, configure?.Invoke(options) ?? options);
    }

    /// <summary>A web server on port 8080, or the command given.</summary>
    public ReplicaSpec Spec(params string[] command) => new()
    {
        OrganizationId = Guid.CreateVersion7(),
        ProjectId = ProjectId,
        DeploymentId = DeploymentId,
        DeploymentName = "web",
        Revision = 1,
        Ordinal = 0,
        Image = Image,
        Port = 8080,
        Variables = new Dictionary<string, string>(),
        Command = command.Length > 0 ? command : ["httpd", "-f", "-p", "8080", "-h", "/"],
        Limits = ReplicaLimits.Default,
    };

    public async Task<Replica> StartAsync(ReplicaSpec spec)
    {
        await Provider.StartReplicaAsync(spec, TestContext.Current.CancellationToken);
        return (await ListAsync()).Single(replica => replica.Revision == spec.Revision && replica.Ordinal == spec.Ordinal);
    }

    public Task<IReadOnlyList<Replica>> ListAsync() =>
        Provider.ListReplicasAsync(DeploymentId, TestContext.Current.CancellationToken);

    /// <summary>The only replica, once it has ended.</summary>
    public async Task<Replica> UntilExitedAsync()
    {
        await Poll.UntilAsync(
            async () => (await ListAsync()) is [{ State: ReplicaState.Exited }], "the replica to end",
            cancellation: TestContext.Current.CancellationToken);
        return (await ListAsync()).Single();
    }

    public Task<IReadOnlyList<LogLine>> LogsAsync(Replica replica, int lines = 1000, DateTimeOffset? since = null) =>
        Provider.ReadLogsAsync(replica.Id, new LogRange(lines, since), TestContext.Current.CancellationToken);

    public Task<ResolvedImage> ResolveAsync(string image, PullPolicy policy, IProgress<string>? progress = null) =>
        Provider.ResolveImageAsync(ImageReference.Parse(image), policy, progress, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in await Provider.ListReplicasAsync(DeploymentId, CancellationToken.None))
            await Provider.RemoveReplicaAsync(replica.Id, TimeSpan.Zero, CancellationToken.None);
        await Provider.CleanUpAsync(ProjectId, CancellationToken.None);
        await _services.DisposeAsync();
    }
}
