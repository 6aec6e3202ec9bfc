using Nexus.Core.Usage;

namespace Nexus.Mcp.Tools;

/// <summary>What was used from one day through another (UTC), what there is now, and the plan.</summary>
internal sealed record UsageStats(
    DateOnly FirstDay, DateOnly LastDay, UsageNow Now, double ReplicaHours, long Builds, long FailedBuilds, double BuildMinutes,
    ToolCallStats ToolCalls, PlanStats Plan)
{
    public static UsageStats From(UsageReport report) => new(
        report.Days.From,
        report.Days.Through,
        UsageNow.From(report),
        Math.Round(report.Totals.ReplicaTime.TotalHours, 3),
        report.Totals[UsageMeasure.Builds],
        report.Totals[UsageMeasure.FailedBuilds],
        Math.Round(report.Totals.BuildTime.TotalMinutes, 2),
        ToolCallStats.From(report.Totals),
        PlanStats.From(report.Plan));
}

/// <summary>Deployments by status, and what their replicas use.</summary>
internal sealed record UsageNow(
    IReadOnlyDictionary<string, int> Deployments, int Replicas, double? Cpus = null, double? MemoryMiB = null, string? UnknownBecause = null)
{
    public static UsageNow From(UsageReport report) => new(
        report.Deployments.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.ToString().ToUpperInvariant(), pair => pair.Value),
        report.ReplicasReady,
        report.Machine.Cpus,
        report.Machine.MemoryBytes is { } bytes ? Math.Round(bytes / (1024.0 * 1024), 1) : null,
        report.Machine.UnknownBecause);
}
