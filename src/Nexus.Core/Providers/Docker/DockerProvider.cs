using Nexus.Core.Providers.Docker.Building;
using Nexus.Core.Sources;

namespace Nexus.Core.Providers.Docker;

/// <summary>Runs replicas as containers of one Docker Engine.</summary>
internal sealed class DockerProvider(
    DockerConnection connection, DockerImages images, DockerReplicas replicas, DockerNetworks networks, DockerLogs logs,
    DockerUsage usage, DockerBuilder builder, BuiltImages built, DockerDatabases databases, DockerEvents events)
    : IDeploymentProvider
{
    public string Id => "docker";

    public IReadOnlyList<string> Aliases { get; } = ["local-docker"];

    public string Name => "Docker Engine";

    public IReadOnlyList<string> Regions { get; } = ["local"];

    public ProviderCapabilities Capabilities { get; } =
        new(SourceBuilds: true, Scaling: true, CustomDomains: true, AttachedDatabases: true);

    public IAttachedDatabaseHost? Databases => databases;

    public async Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken)
    {
        var availability = await connection.CheckAsync(cancellationToken);
        return availability.Available ? availability with { Builder = await builder.NameAsync(cancellationToken) } : availability;
    }

    public Task<BuiltImage> BuildImageAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken) =>
        builder.BuildAsync(order, output, cancellationToken);

    public Task<IReadOnlyList<BuiltImage>> ListBuildsAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        built.ListAsync(deploymentId, cancellationToken);

    public Task<ResolvedImage> ResolveImageAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken) =>
        images.ResolveAsync(image, policy, progress, cancellationToken);

    public void PrepareProject(Guid organizationId, Guid projectId) => networks.BeginEnsuring(organizationId, projectId);

    public Task<IReadOnlySet<string>> FindImageNamesAsync(string reference, CancellationToken cancellationToken) =>
        images.FindNamesAsync(reference, cancellationToken);

    public Task<bool> RemoveImageAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        images.RemoveAsync(reference, tags, cancellationToken);

    public Task<ReplicaUsage?> ReadUsageAsync(string replicaId, CancellationToken cancellationToken) =>
        usage.ReadAsync(replicaId, cancellationToken);

    public Task<IReadOnlyList<Replica>> ListReplicasAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        replicas.ListAsync(deploymentId, cancellationToken);

    public Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken) => events.WatchEndsAsync(ended, cancellationToken);

    public Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken) =>
        replicas.ListDeploymentsAsync(cancellationToken);

    public Task StartReplicaAsync(ReplicaSpec spec, CancellationToken cancellationToken) =>
        replicas.StartAsync(spec, cancellationToken);

    public Task StopReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        replicas.StopAsync(replicaId, grace, cancellationToken);

    public Task RemoveReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        replicas.RemoveAsync(replicaId, grace, cancellationToken);

    public Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken) =>
        networks.CleanUpAsync(projectId, cancellationToken);

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(string replicaId, LogRange range, CancellationToken cancellationToken) =>
        logs.ReadAsync(replicaId, range, cancellationToken);
}
