using Nexus.Core.AttachedDatabases;
using Nexus.Core.Commands;

namespace Nexus.Core.Deployments;

/// <summary>A deployment in a list, and after a command.</summary>
public sealed record DeploymentSummary
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>What people call it, where that isn't its name.</summary>
    public string? DisplayName { get; init; }

    public required DeploymentStatus Status { get; init; }

    /// <summary>Where it answers, or will.</summary>
    public required string Url { get; init; }

    public required Guid ProjectId { get; init; }
    public required DeploymentEnvironment Environment { get; init; }
    public required string Provider { get; init; }
    public string? Region { get; init; }
    public required string Image { get; init; }

    /// <summary>The revision that is wanted; the next command's <c>expectedRevision</c>.</summary>
    public required int Revision { get; init; }

    /// <summary>The revision that takes traffic, or last did.</summary>
    public int? ActiveRevision { get; init; }

    public required int ReplicasWanted { get; init; }
    public required int ReplicasReady { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? AutoDestroyAt { get; init; }

    /// <summary>The databases beside it; null for none.</summary>
    public IReadOnlyList<AttachedDatabaseKind>? Services { get; init; }
}

/// <summary>What a command did, or with a dry run would do.</summary>
public sealed record DeploymentResult(
    DeploymentSummary Deployment, bool DryRun, IReadOnlyList<Change> Plan, IReadOnlyList<string> Notes);
