using Nexus.Core.Plans;

namespace Nexus.Server.Configuration;

/// <summary>Reads the plan, which holds for every organisation.</summary>
internal static class PlanSettings
{
    public static PlanOptions Read(SettingValues values) => new()
    {
        Deployments = values.Number("Nexus:Plans:Default:Deployments", 1, 1_000_000),
        Replicas = values.Number("Nexus:Plans:Default:Replicas", 1, 10),
        MemoryBytes = values.Mebibytes("Nexus:Plans:Default:MemoryMiB", 16),
        Cpus = values.Decimal("Nexus:Plans:Default:Cpus", 0.01, 1024),
        McpCallsPerDay = values.Number("Nexus:Plans:Default:McpCallsPerDay", 1, int.MaxValue),
        LongestRun = values.Number("Nexus:Plans:Default:RunHours", 1, 24 * 365) is { } hours ? TimeSpan.FromHours(hours) : null,
        Providers = values.List("Nexus:Plans:Default:Providers"),
        AuditKept = values.Number("Nexus:Plans:Default:AuditDays", 1, 36_500) is { } days ? TimeSpan.FromDays(days) : null,
    };
}
