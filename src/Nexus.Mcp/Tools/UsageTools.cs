using System.ComponentModel;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.Usage;

namespace Nexus.Mcp.Tools;

/// <summary>What the organisation uses.</summary>
[Toolset("usage")]
internal sealed class UsageTools(UsageQueries usage)
{
    [McpServerTool(
        Name = "nexusai_usage_stats", Title = "Usage",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Shows what the organisation used in a period of days (UTC), what runs now, and what the plan leaves. Call it after QUOTA_EXCEEDED.")]
    [Performs(Operation.ReadUsage)]
    public async Task<UsageStats> StatsAsync(
        Actor actor, UsagePeriod period = UsagePeriod.ThirtyDays, CancellationToken cancellationToken = default) =>
        UsageStats.From(await usage.ReadAsync(actor, period, cancellationToken));
}
