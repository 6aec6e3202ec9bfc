using Nexus.Core.Sources;

namespace Nexus.Core.Providers;

/// <summary>A provider that the contract names and this server can't use: it is listed with the reason, and says it when asked for.</summary>
internal sealed class MissingProvider(string id, string name, string[] aliases, string[] regions, ProviderCapabilities capabilities)
    : IDeploymentProvider
{
    public string Id => id;

    public IReadOnlyList<string> Aliases => aliases;

    public string Name => name;

    public IReadOnlyList<string> Regions => regions;

    public ProviderCapabilities Capabilities => capabilities;

    public IAttachedDatabaseHost? Databases => null;

    private string Reason => $"This version of Nexus has no {name} provider yet. Deploy to {ProviderCatalog.DefaultId} instead.";

    public Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ProviderAvailability.No(Reason));

    public Task<ResolvedImage> ResolveImageAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken) => throw Unavailable();

    public void PrepareProject(Guid organizationId, Guid projectId) => throw Unavailable();

    public Task<BuiltImage> BuildImageAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken) =>
        throw Unavailable();

    public Task<IReadOnlyList<BuiltImage>> ListBuildsAsync(Guid deploymentId, CancellationToken cancellationToken) => throw Unavailable();

    public Task<IReadOnlySet<string>> FindImageNamesAsync(string reference, CancellationToken cancellationToken) => throw Unavailable();

    public Task<bool> RemoveImageAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        throw Unavailable();

    public Task<ReplicaUsage?> ReadUsageAsync(string replicaId, CancellationToken cancellationToken) => throw Unavailable();

    public Task<IReadOnlyList<Replica>> ListReplicasAsync(Guid deploymentId, CancellationToken cancellationToken) => throw Unavailable();

    public Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken) => throw Unavailable();

    public Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken) => throw Unavailable();

    public Task StartReplicaAsync(ReplicaSpec spec, CancellationToken cancellationToken) => throw Unavailable();

    public Task StopReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) => throw Unavailable();

    public Task RemoveReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) => throw Unavailable();

    public Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken) => throw Unavailable();

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(string replicaId, LogRange range, CancellationToken cancellationToken) =>
        throw Unavailable();

    private ProviderException Unavailable() => new("PROVIDER_UNAVAILABLE", Reason, hint: null, transient: false);
}
