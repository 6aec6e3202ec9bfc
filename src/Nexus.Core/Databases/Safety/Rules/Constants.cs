using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Whether a condition can differ from row to row: whether a column in it decides.</summary>
internal static class Constants
{
    public static bool DependsOnRows(SqlNode condition) => condition.Kind switch
    {
        "BoolExpr" => OfBool(condition),
        "BooleanTest" when condition.One("arg") is { } tested => DependsOnRows(tested),
        "SubLink" => condition.WithBelow().Any(node => node.Kind is "ColumnRef"),
        _ => Columns(condition),
    };

    /// <summary>OR is as wide as its widest part, AND as narrow as its narrowest.</summary>
    private static bool OfBool(SqlNode condition) => condition.Text("boolop") switch
    {
        "OR_EXPR" => condition.All("args").All(DependsOnRows),
        _ => condition.All("args").Any(DependsOnRows),
    };

    private static bool Columns(SqlNode expression)
    {
        var waiting = new Stack<SqlNode>([expression]);
        while (waiting.TryPop(out var node))
        {
            if (node.Kind is "ColumnRef" or "CurrentOfExpr") return true;
            if (IsTautology(node)) continue;
            foreach (var child in node.Children) waiting.Push(child);
        }

        return false;
    }

    /// <summary><c>id = id</c>: the same column on both sides.</summary>
    private static bool IsTautology(SqlNode node) =>
        node.Kind == "A_Expr" && node.One("lexpr") is { Kind: "ColumnRef" } left && node.One("rexpr") is { Kind: "ColumnRef" } right
        && left.Names("fields").SequenceEqual(right.Names("fields"));
}
