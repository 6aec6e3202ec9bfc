using Nexus.Core.Providers;
using Nexus.Core.Sources;

namespace Nexus.FaultyServer;

/// <summary>The provider, with points before and after all that the reconciler does with it: each step lies between two of them.</summary>
internal sealed class FaultyProvider(IDeploymentProvider inner, Fault fault) : IDeploymentProvider
{
    public string Id => inner.Id;

    public IReadOnlyList<string> Aliases => inner.Aliases;

    public string Name => inner.Name;

    public IReadOnlyList<string> Regions => inner.Regions;

    public ProviderCapabilities Capabilities => inner.Capabilities;

    public IAttachedDatabaseHost? Databases => inner.Databases;

    public Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<ResolvedImage> ResolveImageAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken) =>
        fault.AroundAsync("ResolveImage", () => inner.ResolveImageAsync(image, policy, progress, cancellationToken));

    public void PrepareProject(Guid organizationId, Guid projectId)
    {
        inner.PrepareProject(organizationId, projectId);
        fault.At("PrepareProject after");
    }

    public Task<BuiltImage> BuildImageAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken) =>
        fault.AroundAsync("BuildImage", () => inner.BuildImageAsync(order, new FaultyOutput(output, fault), cancellationToken));

    public Task<IReadOnlyList<BuiltImage>> ListBuildsAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        fault.AroundAsync("ListBuilds", () => inner.ListBuildsAsync(deploymentId, cancellationToken));

    public Task<IReadOnlySet<string>> FindImageNamesAsync(string reference, CancellationToken cancellationToken) =>
        inner.FindImageNamesAsync(reference, cancellationToken);

    public Task<bool> RemoveImageAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        fault.AroundAsync("RemoveImage", () => inner.RemoveImageAsync(reference, tags, cancellationToken));

    public Task<IReadOnlyList<Replica>> ListReplicasAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        fault.AroundAsync("Observe", () => inner.ListReplicasAsync(deploymentId, cancellationToken));

    public Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken) =>
        inner.ListDeploymentsAsync(cancellationToken);

    public Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken) => inner.WatchEndsAsync(ended, cancellationToken);

    public Task StartReplicaAsync(ReplicaSpec spec, CancellationToken cancellationToken) =>
        fault.AroundAsync("StartReplica", () => inner.StartReplicaAsync(spec, cancellationToken));

    public Task StopReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        fault.AroundAsync("StopReplica", () => inner.StopReplicaAsync(replicaId, grace, cancellationToken));

    public Task RemoveReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        fault.AroundAsync("RemoveReplica", () => inner.RemoveReplicaAsync(replicaId, grace, cancellationToken));

    public Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken) =>
        fault.AroundAsync("CleanUp", () => inner.CleanUpAsync(projectId, cancellationToken));

    public Task<ReplicaUsage?> ReadUsageAsync(string replicaId, CancellationToken cancellationToken) =>
        inner.ReadUsageAsync(replicaId, cancellationToken);

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(string replicaId, LogRange range, CancellationToken cancellationToken) =>
        inner.ReadLogsAsync(replicaId, range, cancellationToken);
}
