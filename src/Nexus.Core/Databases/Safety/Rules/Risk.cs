using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>How much a statement can spoil, and why.</summary>
internal static class Risk
{
    public static (RiskLevel Level, IReadOnlyList<string> Reasons) Of(SqlTree tree)
    {
        var found = tree.All.Select(node => DdlRisk.Of(node) ?? DataRisk(node)).OfType<(RiskLevel Level, string Reason)>().Distinct().ToList();
        var level = found.Select(one => one.Level).DefaultIfEmpty(RiskLevel.None).Max();
        return (level, [.. found.OrderByDescending(one => one.Level).Select(one => one.Reason).Distinct()]);
    }

    private static (RiskLevel, string)? DataRisk(SqlNode node) => node.Kind switch
    {
        "InsertStmt" => (RiskLevel.Low, "adds rows"),
        "UpdateStmt" => (RiskLevel.Medium, "changes rows"),
        "DeleteStmt" => (RiskLevel.Medium, "deletes rows"),
        "MergeStmt" => (RiskLevel.Medium, "adds, changes or deletes rows"),
        "TruncateStmt" => (RiskLevel.High, "deletes every row of a table"),
        "LockingClause" => (RiskLevel.Low, "locks rows"),
        "IntoClause" => (RiskLevel.Low, "makes a table"),
        _ => null,
    };
}
