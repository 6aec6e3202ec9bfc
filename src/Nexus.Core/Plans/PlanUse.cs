namespace Nexus.Core.Plans;

/// <summary>The plan, and what is used of the limits that all of an organisation shares. Null is no limit.</summary>
public sealed record PlanUse(PlanOptions Plan, LimitUse? Deployments, LimitUse? McpCallsPerDay)
{
    /// <summary>What one replica is held to, by the plan or by default.</summary>
    public long MemoryMiB => Plan.ReplicaLimits.MemoryMiB;

    /// <inheritdoc cref="MemoryMiB"/>
    public double Cpus => Plan.ReplicaLimits.Cpus;
}
