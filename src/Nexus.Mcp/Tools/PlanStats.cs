using Nexus.Core.Plans;

namespace Nexus.Mcp.Tools;

/// <summary>The plan's limits: what is used of those that all share, and those of each deployment. What is absent has no limit.</summary>
internal sealed record PlanStats(
    double CpusPerReplica, long MemoryMiBPerReplica, LimitStats? Deployments = null, LimitStats? McpCallsPerDay = null,
    int? ReplicasPerDeployment = null, double? RunHours = null, IReadOnlyList<string>? Providers = null, double? AuditDays = null)
{
    public static PlanStats From(PlanUse use) => new(
        use.Cpus,
        use.MemoryMiB,
        LimitStats.From(use.Deployments),
        LimitStats.From(use.McpCallsPerDay),
        use.Plan.Replicas,
        use.Plan.LongestRun?.TotalHours,
        use.Plan.Providers.Count > 0 ? use.Plan.Providers : null,
        use.Plan.AuditKept?.TotalDays);
}

/// <summary>A limit and its use. Without resetsAt there is room as soon as less is used.</summary>
internal sealed record LimitStats(long Limit, long Used, long Left, DateTimeOffset? ResetsAt = null)
{
    public static LimitStats? From(LimitUse? use) => use is null ? null : new(use.Limit, use.Used, use.Left, use.ResetsAt);
}
