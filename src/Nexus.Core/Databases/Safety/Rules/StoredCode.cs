using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Code that runs out of sight, at once or later, and statements that are run by name.</summary>
internal sealed class StoredCode : ISqlRule
{
    private const string Hint = "Write what it does as plain SQL statements and send those; have functions and triggers' code deployed as a reviewed migration.";

    private static readonly Dictionary<string, string> Code = new(StringComparer.Ordinal)
    {
        ["DoStmt"] = "DO",
        ["CallStmt"] = "CALL",
        ["CreateFunctionStmt"] = "CREATE FUNCTION or PROCEDURE",
        ["AlterFunctionStmt"] = "ALTER FUNCTION or PROCEDURE",
        ["RuleStmt"] = "CREATE RULE",
        ["DefineStmt"] = "CREATE AGGREGATE, OPERATOR, base TYPE, COLLATION or TEXT SEARCH",
        ["CreateCastStmt"] = "CREATE CAST",
        ["CreateConversionStmt"] = "CREATE CONVERSION",
        ["CreateOpClassStmt"] = "CREATE OPERATOR CLASS",
        ["CreateOpFamilyStmt"] = "CREATE OPERATOR FAMILY",
        ["AlterOpFamilyStmt"] = "ALTER OPERATOR FAMILY",
        ["AlterOperatorStmt"] = "ALTER OPERATOR",
        ["AlterTypeStmt"] = "ALTER TYPE … SET",
        ["AlterCollationStmt"] = "ALTER COLLATION",
        ["AlterTSDictionaryStmt"] = "ALTER TEXT SEARCH DICTIONARY",
        ["AlterTSConfigurationStmt"] = "ALTER TEXT SEARCH CONFIGURATION",
        ["AlterObjectDependsStmt"] = "DEPENDS ON EXTENSION",
    };

    private static readonly Dictionary<string, string> Prepared = new(StringComparer.Ordinal)
    {
        ["PrepareStmt"] = "PREPARE",
        ["ExecuteStmt"] = "EXECUTE",
        ["DeallocateStmt"] = "DEALLOCATE",
        ["DeclareCursorStmt"] = "DECLARE CURSOR",
        ["FetchStmt"] = "FETCH and MOVE",
        ["ClosePortalStmt"] = "CLOSE",
    };

    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE", "OBJECT_OPERATOR" };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Refuse(Code, "stored-code", Hint)
        .Concat(
            from node in sql.Tree.Of("RenameStmt", "AlterObjectSchemaStmt")
            where Kinds.Contains(node.Text("renameType") ?? node.Text("objectType") ?? "")
            select sql.Refuse(node, "stored-code", "Giving a function or operator another name or schema, and others its place, is not allowed.", Hint))
        .Concat(sql.Refuse(Prepared, "prepared-statement", "Send the statement itself, with its parameters beside it."));
}
