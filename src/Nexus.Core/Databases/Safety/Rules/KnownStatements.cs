using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>The statements that are run; a kind that isn't here is refused, also one that PostgreSQL has yet to get.</summary>
internal sealed class KnownStatements : ISqlRule
{
    private static readonly Dictionary<string, StatementKind> Kinds = new(StringComparer.Ordinal)
    {
        ["SelectStmt"] = StatementKind.Select,
        ["VariableShowStmt"] = StatementKind.Show,
        ["ExplainStmt"] = StatementKind.Explain,
        ["InsertStmt"] = StatementKind.Insert,
        ["UpdateStmt"] = StatementKind.Update,
        ["DeleteStmt"] = StatementKind.Delete,
        ["MergeStmt"] = StatementKind.Merge,
        ["TruncateStmt"] = StatementKind.Truncate,
        ["AlterDomainStmt"] = StatementKind.Ddl,
        ["AlterEnumStmt"] = StatementKind.Ddl,
        ["AlterObjectSchemaStmt"] = StatementKind.Ddl,
        ["AlterPolicyStmt"] = StatementKind.Ddl,
        ["AlterSeqStmt"] = StatementKind.Ddl,
        ["AlterStatsStmt"] = StatementKind.Ddl,
        ["AlterTableStmt"] = StatementKind.Ddl,
        ["CommentStmt"] = StatementKind.Ddl,
        ["CompositeTypeStmt"] = StatementKind.Ddl,
        ["CreateDomainStmt"] = StatementKind.Ddl,
        ["CreateEnumStmt"] = StatementKind.Ddl,
        ["CreatePolicyStmt"] = StatementKind.Ddl,
        ["CreateRangeStmt"] = StatementKind.Ddl,
        ["CreateSchemaStmt"] = StatementKind.Ddl,
        ["CreateSeqStmt"] = StatementKind.Ddl,
        ["CreateStatsStmt"] = StatementKind.Ddl,
        ["CreateStmt"] = StatementKind.Ddl,
        ["CreateTableAsStmt"] = StatementKind.Ddl,
        ["CreateTrigStmt"] = StatementKind.Ddl,
        ["DropStmt"] = StatementKind.Ddl,
        ["IndexStmt"] = StatementKind.Ddl,
        ["RefreshMatViewStmt"] = StatementKind.Ddl,
        ["RenameStmt"] = StatementKind.Ddl,
        ["VacuumStmt"] = StatementKind.Ddl,
        ["ViewStmt"] = StatementKind.Ddl,
    };

    public static StatementKind KindOf(SqlNode statement) => Kinds.GetValueOrDefault(statement.Kind);

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.All
        where node.Kind.EndsWith("Stmt", StringComparison.Ordinal) && node.Kind != "RawStmt" && !Kinds.ContainsKey(node.Kind)
        select sql.Refuse(node, "unsupported", "This kind of statement is not allowed.", "Use SELECT, INSERT, UPDATE, DELETE, MERGE, TRUNCATE or plain DDL.");
}
