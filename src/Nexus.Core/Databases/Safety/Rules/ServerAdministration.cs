using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Databases, extensions, other servers, replication and the server's own settings.</summary>
internal sealed class ServerAdministration : ISqlRule
{
    private const string Rule = "administration";
    private const string Hint = "Ask the database's administrator to do it.";

    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal)
    {
        ["CreatedbStmt"] = "CREATE DATABASE",
        ["DropdbStmt"] = "DROP DATABASE",
        ["AlterDatabaseStmt"] = "ALTER DATABASE",
        ["AlterDatabaseSetStmt"] = "ALTER DATABASE … SET",
        ["AlterDatabaseRefreshCollStmt"] = "ALTER DATABASE",
        ["AlterSystemStmt"] = "ALTER SYSTEM",
        ["CheckPointStmt"] = "CHECKPOINT",
        ["LoadStmt"] = "LOAD",
        ["CreateExtensionStmt"] = "CREATE EXTENSION",
        ["AlterExtensionStmt"] = "ALTER EXTENSION",
        ["AlterExtensionContentsStmt"] = "ALTER EXTENSION",
        ["CreateTableSpaceStmt"] = "CREATE TABLESPACE",
        ["DropTableSpaceStmt"] = "DROP TABLESPACE",
        ["AlterTableSpaceOptionsStmt"] = "ALTER TABLESPACE",
        ["AlterTableMoveAllStmt"] = "ALTER … ALL IN TABLESPACE",
        ["CreatePublicationStmt"] = "CREATE PUBLICATION",
        ["AlterPublicationStmt"] = "ALTER PUBLICATION",
        ["CreateSubscriptionStmt"] = "CREATE SUBSCRIPTION",
        ["AlterSubscriptionStmt"] = "ALTER SUBSCRIPTION",
        ["DropSubscriptionStmt"] = "DROP SUBSCRIPTION",
        ["CreateEventTrigStmt"] = "CREATE EVENT TRIGGER",
        ["AlterEventTrigStmt"] = "ALTER EVENT TRIGGER",
        ["CreatePLangStmt"] = "CREATE LANGUAGE",
        ["CreateAmStmt"] = "CREATE ACCESS METHOD",
        ["CreateTransformStmt"] = "CREATE TRANSFORM",
        ["CreateFdwStmt"] = "CREATE FOREIGN DATA WRAPPER",
        ["AlterFdwStmt"] = "ALTER FOREIGN DATA WRAPPER",
        ["CreateForeignServerStmt"] = "CREATE SERVER",
        ["AlterForeignServerStmt"] = "ALTER SERVER",
        ["CreateForeignTableStmt"] = "CREATE FOREIGN TABLE",
        ["ImportForeignSchemaStmt"] = "IMPORT FOREIGN SCHEMA",
        ["CreateUserMappingStmt"] = "CREATE USER MAPPING",
        ["AlterUserMappingStmt"] = "ALTER USER MAPPING",
        ["DropUserMappingStmt"] = "DROP USER MAPPING",
    };

    /// <summary>What <c>DROP</c>, <c>ALTER … RENAME</c>, <c>SET SCHEMA</c> and <c>COMMENT ON</c> may not name.</summary>
    private static readonly HashSet<string> Objects = new(StringComparer.Ordinal)
    {
        "OBJECT_ACCESS_METHOD", "OBJECT_DATABASE", "OBJECT_EVENT_TRIGGER", "OBJECT_EXTENSION", "OBJECT_FDW", "OBJECT_FOREIGN_SERVER",
        "OBJECT_FOREIGN_TABLE",
        "OBJECT_LANGUAGE", "OBJECT_LARGEOBJECT", "OBJECT_PARAMETER_ACL", "OBJECT_PUBLICATION", "OBJECT_SUBSCRIPTION", "OBJECT_TABLESPACE",
        "OBJECT_TRANSFORM", "OBJECT_USER_MAPPING",
    };

    private static readonly string[] ObjectFields = ["removeType", "renameType", "objectType", "objtype"];

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Refuse(Statements, Rule, Hint)
        .Concat(
            from node in sql.Tree.All
            let named = ObjectFields.Select(node.Text).FirstOrDefault(type => type is not null && Objects.Contains(type))
            where named is not null
            select sql.Refuse(node, Rule, $"Changing {Called(named)} is not allowed.", Hint))
        .Concat(
            from command in sql.Tree.Of("AlterTableCmd")
            where command.Text("subtype") is "AT_GenericOptions" or "AT_AlterColumnGenericOptions"
            select sql.Refuse(command, Rule, "Changing the options of a foreign table, which say where it is, is not allowed.", Hint));

    private static string Called(string named) => "a " + named["OBJECT_".Length..].Replace('_', ' ').ToLowerInvariant();
}
