using Nexus.Core.Sources;

namespace Nexus.Core.Providers;

/// <summary>
/// A place that runs containers. Every method is idempotent, asks the place itself rather than a memory, and knows nothing of
/// who asked. Failures that a caller can mend are <see cref="ProviderException"/>.
/// </summary>
public interface IDeploymentProvider
{
    /// <summary>The provider's id in the contract, e.g. <c>docker</c>.</summary>
    string Id { get; }

    /// <summary>Other names that callers know it by.</summary>
    IReadOnlyList<string> Aliases { get; }

    string Name { get; }

    IReadOnlyList<string> Regions { get; }

    ProviderCapabilities Capabilities { get; }

    /// <summary>Null where it can't run databases beside deployments.</summary>
    IAttachedDatabaseHost? Databases { get; }

    /// <summary>Whether it can be used now, and if not, why and what to do. Cached for a few seconds at most.</summary>
    Task<ProviderAvailability> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Makes the image present and says what it resolved to. <paramref name="progress"/> gets short lines fit for a person.</summary>
    Task<ResolvedImage> ResolveImageAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to make what replicas of the project share, such as its network, so that the first of them need not wait for it. Nothing is lost
    /// where that fails: a start makes what is missing.
    /// </summary>
    void PrepareProject(Guid organizationId, Guid projectId);

    /// <summary>
    /// Builds an image and keeps it under the tag of its revision (<see cref="BuildOrder"/>); <paramref name="output"/> gets each line of
    /// the builder. Ending the token ends the build, and so does the end of this server.
    /// </summary>
    Task<BuiltImage> BuildImageAsync(BuildOrder order, IProgress<string> output, CancellationToken cancellationToken);

    /// <summary>The images that were built for the deployment and are there, also those that a server finished before it died.</summary>
    Task<IReadOnlyList<BuiltImage>> ListBuildsAsync(Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>
    /// Every reference that the image with this <see cref="ResolvedImage.Reference"/> is known by in revisions: its id and its
    /// digests. Empty where it isn't there.
    /// </summary>
    Task<IReadOnlySet<string>> FindImageNamesAsync(string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the image unless it has a tag that isn't among <paramref name="tags"/> and so somebody else's. One that is gone
    /// already is no error. False where a container uses it, so that it has to be tried again.
    /// </summary>
    Task<bool> RemoveImageAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken);

    /// <summary>Every replica of the deployment that exists, running or not, found by its labels.</summary>
    Task<IReadOnlyList<Replica>> ListReplicasAsync(Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Every deployment that has a replica here, of this server or another one.</summary>
    Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken);

    /// <summary>Calls <paramref name="ended"/> with the deployment of each replica that ends from now on, and returns when the provider tells no more.</summary>
    Task WatchEndsAsync(Action<Guid> ended, CancellationToken cancellationToken);

    /// <summary>Creates the replica if it does not exist, and starts it if it does not run.</summary>
    Task StartReplicaAsync(ReplicaSpec spec, CancellationToken cancellationToken);

    /// <summary>Stops the replica, with <paramref name="grace"/> to end by itself; its log stays readable.</summary>
    Task StopReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Stops and removes the replica. One that is gone already is no error.</summary>
    Task RemoveReplicaAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Removes what the deployment's project no longer needs once its last replica is gone, such as its network.</summary>
    Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken);

    /// <summary>What the replica uses now; null where it doesn't run.</summary>
    Task<ReplicaUsage?> ReadUsageAsync(string replicaId, CancellationToken cancellationToken);

    /// <summary>The newest lines of the replica's output, oldest first.</summary>
    Task<IReadOnlyList<LogLine>> ReadLogsAsync(string replicaId, LogRange range, CancellationToken cancellationToken);
}
