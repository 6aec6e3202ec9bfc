using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>UPDATE and DELETE say which rows they mean, wherever they stand.</summary>
internal sealed class WholeTables : ISqlRule
{
    private const string Rule = "no-where";

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.All
        let refusal = node.Kind switch
        {
            "UpdateStmt" or "DeleteStmt" => Statement(sql, node),
            "MergeWhenClause" => Merge(sql, node),
            _ => null,
        }
        where refusal is not null
        select refusal;

    private static SqlRefusal? Statement(ParsedSql sql, SqlNode node)
    {
        var verb = node.Kind == "UpdateStmt" ? "UPDATE" : "DELETE";
        var where = node.One("whereClause");
        if (where is null)
            return sql.Refuse(node, Rule, $"{verb} without WHERE would change every row and is not allowed.", "Add a WHERE that names the rows.");
        return Constants.DependsOnRows(where)
            ? null
            : sql.Refuse(node, Rule, $"{verb} with a WHERE that is the same for every row is not allowed.", "Compare a column in WHERE.");
    }

    private static SqlRefusal? Merge(ParsedSql sql, SqlNode clause)
    {
        var merge = clause.Parent!;
        var changes = clause.Text("commandType") is "CMD_UPDATE" or "CMD_DELETE";
        var conditions = new[] { merge.One("joinCondition"), clause.One("condition") };
        return changes && !conditions.Any(one => one is not null && Constants.DependsOnRows(one))
            ? sql.Refuse(merge, Rule, "MERGE on a condition that is the same for every row is not allowed.", "Compare the tables' columns in ON.")
            : null;
    }
}
