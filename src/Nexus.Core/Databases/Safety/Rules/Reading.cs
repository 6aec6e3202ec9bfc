using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Whether a statement only reads, by its shape; the functions in it are the catalog's to judge.</summary>
internal static class Reading
{
    public static bool IsRead(SqlNode? statement) => statement is not null && statement.Kind switch
    {
        "SelectStmt" => !Effects(statement).Any(),
        "ExplainStmt" => !Explaining.Analyzes(statement) || IsRead(statement.One("query")),
        "VariableShowStmt" => true,
        _ => false,
    };

    /// <summary>What a SELECT does beside reading.</summary>
    public static IEnumerable<string> Effects(SqlNode select) =>
        from node in @select.WithBelow()
        where node != @select
        let effect = node.Kind switch
        {
            "IntoClause" when node.Parent?.Kind == "SelectStmt" => "SELECT … INTO makes a table",
            "LockingClause" => "FOR UPDATE and FOR SHARE lock rows",
            "InsertStmt" or "UpdateStmt" or "DeleteStmt" or "MergeStmt" => "a WITH query changes data",
            _ => null,
        }
        where effect is not null
        select effect;
}
