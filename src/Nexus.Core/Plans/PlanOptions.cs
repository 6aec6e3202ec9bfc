namespace Nexus.Core.Plans;

/// <summary>What each organisation may use. Null, or an empty list, is no limit.</summary>
public sealed record PlanOptions
{
    /// <summary>Deployments that are meant to run at the same time.</summary>
    public int? Deployments { get; init; }

    /// <summary>Replicas of one deployment.</summary>
    public int? Replicas { get; init; }

    /// <summary>After it a deployment is deleted, as with <c>autoDestroyHours</c>.</summary>
    public TimeSpan? LongestRun { get; init; }

    /// <summary>The ids of the providers that may be deployed to.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>How long audit records are kept.</summary>
    public TimeSpan? AuditKept { get; init; }
}
