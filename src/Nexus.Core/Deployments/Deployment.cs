using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Deployments;

/// <summary>
/// An application that somebody wants to run: what is wanted of it (commands write that) and what the reconciler last saw
/// (it alone writes that). What really runs is never read from here but asked of the provider.
/// </summary>
public sealed class Deployment
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid ProjectId { get; init; }

    /// <summary>A DNS label, unique in the organisation among deployments that aren't deleted.</summary>
    public required string Name { get; set; }

    /// <summary>What people call it; null for its name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The first label of the host name that it answers at; unique on the server while it isn't deleted.</summary>
    public required string HostLabel { get; set; }

    public required DeploymentEnvironment Environment { get; init; }

    /// <summary>The provider's id, e.g. <c>docker</c>.</summary>
    public required string Provider { get; set; }

    public string? Region { get; set; }

    /// <summary>The databases that run beside it, in the order in which they were asked for.</summary>
    public IReadOnlyList<AttachedDatabaseKind> Services { get; set; } = [];

    // What is wanted.
    public required WantedState Wanted { get; set; }
    public required int WantedReplicas { get; set; }
    public required int TargetRevision { get; set; }
    public DateTimeOffset? AutoDestroyAt { get; set; }

    /// <summary>Counts the commands; the reconciler uses it to see that it has been overtaken.</summary>
    public required int Generation { get; set; }

    // What the reconciler last saw.
    public required DeploymentStatus Status { get; set; }
    public int ReadyReplicas { get; set; }

    /// <summary>The revision that last took traffic; null until one did.</summary>
    public int? ActiveRevision { get; set; }

    /// <summary>The newest failure that still matters; gone once a rollout succeeds.</summary>
    public DeploymentFailure? LastFailure { get; set; }

    /// <summary>How often replicas ended or went unhealthy since the last command or quiet spell.</summary>
    public int Crashes { get; set; }

    public DateTimeOffset? LastCrashAt { get; set; }

    /// <summary>Passes that the provider made fail since it last came to rest or was told something new, for the back-off.</summary>
    public int FailedPasses { get; set; }

    /// <summary>Until when the time that its replicas ran is in the usage; null for not at all yet.</summary>
    public DateTimeOffset? UsageCountedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Whether its wanted revision runs, or is on its way to.</summary>
    public bool IsWantedRunning() => Wanted == WantedState.Running && Status != DeploymentStatus.Failed;

    // When it is looked at next, and by which node until when.
    public DateTimeOffset? NextPassAt { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}
