namespace Nexus.Core.Plans;

/// <summary>A limit of the plan, and what is used of it.</summary>
/// <param name="ResetsAt">When the count begins anew; null where room comes by using less.</param>
public sealed record LimitUse(long Limit, long Used, DateTimeOffset? ResetsAt = null)
{
    public long Left => Math.Max(0, Limit - Used);
}
