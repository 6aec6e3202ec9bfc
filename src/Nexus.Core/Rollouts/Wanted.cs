using Nexus.Core.AttachedDatabases;
using Nexus.Core.Deployments;

namespace Nexus.Core.Rollouts;

/// <summary>What the newest command asks for, as the planner needs it.</summary>
public sealed record Wanted
{
    public required WantedState State { get; init; }
    public required int Replicas { get; init; }

    /// <summary>The revision to run.</summary>
    public required int Revision { get; init; }

    /// <summary>The revision that last took traffic; null until one did.</summary>
    public int? ActiveRevision { get; init; }

    /// <summary>Whether the revision's image is built from source, rather than taken from a registry.</summary>
    public bool FromSource { get; init; }

    /// <summary>Whether a rollout is on its way: all new replicas must pass before any takes traffic, and failing ends it.</summary>
    public bool RollingOut { get; init; }

    /// <summary>How long a started replica may take to pass its health check.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The databases beside it.</summary>
    public IReadOnlyList<AttachedDatabaseKind> Databases { get; init; } = [];

    /// <summary>Whether the wanted revision was given up, so that nothing of it may run.</summary>
    public bool GivenUp { get; init; }
}
