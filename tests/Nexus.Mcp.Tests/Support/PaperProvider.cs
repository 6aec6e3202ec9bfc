using Nexus.Core.Providers;
using Nexus.Core.Sources;

namespace Nexus.Mcp.Tests.Support;

/// <summary>
/// A provider on paper: no reconciler runs in these tests, so nothing is ever started, and the wire is all that is under test.
/// Deployments that really run are proved end to end.
/// </summary>
public sealed class PaperProvider : IDeploymentProvider
{
    public string Id { get; init; } = ProviderCatalog.DefaultId;

    public IReadOnlyList<string> Aliases { get; init; } = ["local-docker"];

    public string Name => "Paper";

    public IReadOnlyList<string> Regions => ["local"];

    public ProviderCapabilities Capabilities { get; } = new(SourceBuilds: true, Scaling: true, CustomDomains: false, AttachedDatabases: false);

    public IAttachedDatabaseHost? Databases => null;

    /// <summary>What every replica of every deployment has printed; none exists while this is empty.</summary>
    public IReadOnlyList<LogLine> Printed { get; set; } = [];

    /// <summary>Thrown where replicas are asked for, to see what becomes of it.</summary>
    public Exception? Failure { get; set; }

    public Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ProviderAvailability.Yes("1.0"));

    public Task<IReadOnlyList<Replica>> ListReplicasAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        Failure is { } failure
            ? Task.FromException<IReadOnlyList<Replica>>(failure)
            : Task.FromResult<IReadOnlyList<Replica>>(
                Printed.Count == 0 ? [] : [new() { Id = "one", Revision = 1, Ordinal = 0, State = ReplicaState.Running }]);

    public Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PresentDeployment>>([]);

    public Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(string replicaId, LogRange range, CancellationToken cancellationToken) =>
        Task.FromResult(Printed);

    public Task<BuiltImage> BuildImageAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<BuiltImage>> ListBuildsAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlySet<string>> FindImageNamesAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { reference });

    public Task<bool> RemoveImageAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ReplicaUsage?> ReadUsageAsync(string replicaId, CancellationToken cancellationToken) =>
        Task.FromResult<ReplicaUsage?>(new(0.25, 64 << 20, 512 << 20));

    public Task<ResolvedImage> ResolveImageAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public void PrepareProject(Guid organizationId, Guid projectId) => throw new NotSupportedException();

    public Task StartReplicaAsync(ReplicaSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemoveReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
