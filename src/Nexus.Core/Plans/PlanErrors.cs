namespace Nexus.Core.Plans;

/// <summary>What goes over the plan: the limit, the use, and when there is room again.</summary>
internal static class PlanErrors
{
    private const string Code = "QUOTA_EXCEEDED";

    public static NexusException Deployments(int limit, int used) => new(
        Code,
        $"The plan allows {limit} deployments to run at a time, and {used} do.",
        "There is room as soon as one of them is stopped or deleted.");

    public static NexusException Replicas(int limit, int asked) => new(
        Code, $"The plan allows {limit} replicas, and {asked} are asked for.", $"Ask for {limit} at most.", "replicas");

    public static NexusException McpCallsPerDay(int limit, long used, DateTimeOffset resetsAt) => new(
        Code,
        $"The plan allows {limit} tool calls a day, and {used} were made today (UTC).",
        $"It begins anew at {resetsAt:yyyy-MM-ddTHH:mm:ssZ}. Until then nexusai_usage_stats and nexusai_whoami still answer.");

    public static NexusException LongestRun(TimeSpan limit) => new(
        Code, $"The plan lets a deployment run for {limit.TotalHours} hours at most.", "Ask for less, or leave it out.", "autoDestroyHours");

    public static NexusException Provider(string provider, IReadOnlyList<string> allowed) => new(
        Code, $"The plan does not include the provider {provider}.", $"Use {string.Join(" or ", allowed)}.", "provider");
}
