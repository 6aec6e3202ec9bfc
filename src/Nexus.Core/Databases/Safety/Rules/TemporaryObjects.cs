using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>
/// What is temporary ends with the connection, and so with the statement; behind a pooler that shares connections it would live on, and
/// stand before the tables of whoever comes next.
/// </summary>
internal sealed class TemporaryObjects : ISqlRule
{
    private const string Hint = "Make it a permanent one, or use WITH in the statement that needs it.";
    private static readonly string[] Types = ["CreateDomainStmt", "CreateEnumStmt", "CreateRangeStmt"];

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.All
        where IsTemporary(node) || IsInSchema(node)
        select sql.Refuse(node, "temporary", "Temporary tables, views, sequences and types are not allowed, but for a table ON COMMIT DROP.", Hint);

    private static bool IsTemporary(SqlNode node) =>
        node.Kind == "RangeVar" && node.Text("relpersistence") == "t" && !node.Above().Any(EndsWithTheTransaction);

    private static bool EndsWithTheTransaction(SqlNode node) => node.Text("oncommit") == "ONCOMMIT_DROP" || node.Text("onCommit") == "ONCOMMIT_DROP";

    private static bool IsInSchema(SqlNode node) => node.Kind switch
    {
        "RangeVar" => IsSchema(node.Text("schemaname")),
        "String" => IsSchema(node.Text("sval") ?? node.Text("str")) && Types.Contains(node.Parent?.Kind),
        _ => false,
    };

    private static bool IsSchema(string? name) => name is not null && name.StartsWith("pg_temp", StringComparison.Ordinal);
}
