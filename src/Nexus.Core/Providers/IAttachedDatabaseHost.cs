using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Providers;

/// <summary>The part of a provider that runs databases beside deployments. Idempotent, and found by labels, as replicas are.</summary>
public interface IAttachedDatabaseHost
{
    /// <summary>Every database of the deployment that exists, running or not.</summary>
    Task<IReadOnlyList<RunningDatabase>> ListAsync(Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Makes the database and its volume if they aren't there, and starts it if it doesn't run.</summary>
    Task StartAsync(AttachedDatabaseSpec spec, CancellationToken cancellationToken);

    /// <summary>Ends the deployment's databases and keeps them and their data.</summary>
    Task StopAsync(Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>Removes the deployment's databases, data and all.</summary>
    Task RemoveAsync(Guid deploymentId, CancellationToken cancellationToken);

    /// <summary>The newest lines that the database printed, oldest first.</summary>
    Task<IReadOnlyList<LogLine>> ReadLogsAsync(
        Guid deploymentId, AttachedDatabaseKind kind, LogRange range, CancellationToken cancellationToken);
}

/// <summary>What a database shall be. Its name follows from deployment and kind, so that it can't be made twice.</summary>
public sealed record AttachedDatabaseSpec
{
    public required Guid OrganizationId { get; init; }
    public required Guid ProjectId { get; init; }
    public required Guid DeploymentId { get; init; }
    public required AttachedDatabaseKind Kind { get; init; }

    /// <summary>A <see cref="ResolvedImage.Reference"/>.</summary>
    public required string Image { get; init; }

    public required AttachedDatabaseRecipe Recipe { get; init; }
    public required ReplicaLimits Limits { get; init; }
}

/// <summary>A database as the provider reports it.</summary>
public sealed record RunningDatabase(AttachedDatabaseKind Kind, DatabaseState State, DateTimeOffset? StartedAt);

/// <summary>Where a database is in its life.</summary>
public enum DatabaseState
{
    Stopped,
    Starting,
    Ready,
}
