using Nexus.Core.Commands;

namespace Nexus.Mcp.Tools;

/// <summary>A plan as lines, where its fields are few and a schema of them would cost more than they tell.</summary>
internal static class PlanLines
{
    public static IReadOnlyList<string> Of(IReadOnlyList<Change> plan) => [.. plan.Select(Line)];

    private static string Line(Change change) => $"{change.Field}: {change.Before ?? "-"} -> {change.After ?? "-"}";
}
