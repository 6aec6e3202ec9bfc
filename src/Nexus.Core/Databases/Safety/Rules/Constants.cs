using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Whether a condition can differ from row to row: whether a column in it decides.</summary>
internal static class Constants
{
    public static bool DependsOnRows(SqlNode condition)
    {
        if (condition.Kind == "SubLink") return true;
        if (condition.Kind == "BoolExpr") return OfBool(condition);
        return !IsTautology(condition) && condition.WithBelow().Any(node => node.Kind is "ColumnRef" or "SubLink" or "CurrentOfExpr");
    }

    /// <summary>OR is as wide as its widest part, AND as narrow as its narrowest.</summary>
    private static bool OfBool(SqlNode condition) => condition.Text("boolop") switch
    {
        "OR_EXPR" => condition.All("args").All(DependsOnRows),
        _ => condition.All("args").Any(DependsOnRows),
    };

    /// <summary><c>id = id</c>: the same column on both sides.</summary>
    private static bool IsTautology(SqlNode node) =>
        node.Kind == "A_Expr" && node.One("lexpr") is { Kind: "ColumnRef" } left && node.One("rexpr") is { Kind: "ColumnRef" } right
        && left.Names("fields").SequenceEqual(right.Names("fields"));
}
