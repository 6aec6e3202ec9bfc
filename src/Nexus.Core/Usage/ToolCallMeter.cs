using Nexus.Core.Access;

namespace Nexus.Core.Usage;

/// <summary>Counts calls of tools: by tool, failed ones apart, and by client.</summary>
public sealed class ToolCallMeter(UsageBuffer buffer, UsageMetrics metrics, TimeProvider time)
{
    /// <summary>Of a call that has ended.</summary>
    public void Count(Actor actor, string tool, bool failed)
    {
        var today = UsageDay.Of(time.GetUtcNow());
        buffer.Add(new(actor.OrganizationId, today, UsageMeasure.ToolCalls, tool));
        buffer.Add(new(actor.OrganizationId, today, UsageMeasure.ClientCalls, actor.ClientId));
        if (failed) buffer.Add(new(actor.OrganizationId, today, UsageMeasure.FailedToolCalls, tool));
        metrics.Call(tool, failed ? "failed" : "succeeded");
    }

    /// <summary>Of one that the plan has no room for: it was no use, and shows in the metrics alone.</summary>
    public void CountRefused(string tool) => metrics.Call(tool, "refused");
}
