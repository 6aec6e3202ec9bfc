using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>DDL that drops or changes tables and columns is of high risk; what locks or checks a table that is there, of medium; what only adds, of low.</summary>
internal static class DdlRisk
{
    public static (RiskLevel Level, string Reason)? Of(SqlNode node) => node.Kind switch
    {
        "DropStmt" => Drop(node),
        "AlterTableCmd" => Alter(node),
        "RenameStmt" => (RiskLevel.High, "renames something that programs use by its name"),
        "AlterObjectSchemaStmt" => (RiskLevel.High, "moves something to another schema, where programs don't look for it"),
        "CreatePolicyStmt" or "AlterPolicyStmt" => (RiskLevel.High, "changes who sees which rows"),
        "AlterDomainStmt" or "AlterEnumStmt" or "AlterSeqStmt" => (RiskLevel.Medium, "changes a type or sequence that tables use"),
        "CreateTrigStmt" => (RiskLevel.Medium, "runs code at every change of a table"),
        "IndexStmt" => (RiskLevel.Medium, "keeps writers of the table waiting while the index is built"),
        "ViewStmt" when node.Flag("replace") => (RiskLevel.Medium, "replaces a view that may be in use"),
        "RefreshMatViewStmt" => (RiskLevel.Medium, "keeps readers of the view waiting while it is filled"),
        "CreateStmt" or "CreateTableAsStmt" => (RiskLevel.Low, "makes a new table"),
        "ViewStmt" => (RiskLevel.Low, "makes a new view"),
        "CommentStmt" => (RiskLevel.Low, "changes a comment"),
        _ when KnownStatements.KindOf(node) == StatementKind.Ddl && node.Kind != "AlterTableStmt" => (RiskLevel.Low, "adds to the schema and changes nothing in it"),
        _ => null,
    };

    private static (RiskLevel, string) Drop(SqlNode node)
    {
        var cascade = node.Text("behavior") == "DROP_CASCADE" ? " and all that depends on it" : "";
        var what = (node.Text("removeType") ?? "OBJECT_OBJECT")["OBJECT_".Length..].Replace('_', ' ').ToLowerInvariant();
        var level = cascade.Length == 0 && what is "index" or "statistic ext" ? RiskLevel.Medium : RiskLevel.High;
        return (level, $"drops {Article(what)} {what}{cascade}");
    }

    private static (RiskLevel, string) Alter(SqlNode command) => command.Text("subtype") switch
    {
        "AT_DropColumn" => (RiskLevel.High, "drops a column and its data"),
        "AT_AlterColumnType" => (RiskLevel.High, "changes a column's type and rewrites the table"),
        "AT_DropConstraint" => (RiskLevel.High, "drops a constraint that keeps the data right"),
        "AT_DropNotNull" or "AT_DropExpression" or "AT_DropIdentity" => (RiskLevel.High, "changes a column"),
        "AT_EnableRowSecurity" or "AT_DisableRowSecurity" or "AT_ForceRowSecurity" or "AT_NoForceRowSecurity" => (RiskLevel.High, "changes who sees which rows"),
        "AT_AddColumn" when Fills(command) => (RiskLevel.Medium, "adds a column that every row must have a value for"),
        "AT_AddColumn" => (RiskLevel.Low, "adds a column"),
        "AT_SetNotNull" or "AT_AddConstraint" or "AT_ValidateConstraint" => (RiskLevel.Medium, "checks every row, and fails where one doesn't fit"),
        "AT_ColumnDefault" => (RiskLevel.Medium, "changes what new rows get"),
        "AT_SetStatistics" or "AT_SetOptions" or "AT_ResetOptions" => (RiskLevel.Low, "changes a setting of the table"),
        _ => (RiskLevel.High, "changes a table"),
    };

    private static bool Fills(SqlNode command) => command.WithBelow().Any(node => node.Kind == "Constraint");

    private static string Article(string what) => what[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";
}
