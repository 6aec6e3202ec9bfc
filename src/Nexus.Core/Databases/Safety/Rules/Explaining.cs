using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>EXPLAIN ANALYZE runs the statement: a read only.</summary>
internal sealed class Explaining : ISqlRule
{
    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.Of("ExplainStmt")
        where Analyzes(node) && !Reading.IsRead(node.One("query"))
        select sql.Refuse(node, "explain-analyze", "EXPLAIN ANALYZE of a statement that writes would run it, and is not allowed.", "Use EXPLAIN without ANALYZE.");

    /// <summary>Whatever its value: fails closed.</summary>
    public static bool Analyzes(SqlNode explain) => explain.All("options").Any(option => option.Text("defname") == "analyze");
}
