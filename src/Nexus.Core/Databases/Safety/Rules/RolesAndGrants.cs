using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Who may do what in the database stays with its administrator.</summary>
internal sealed class RolesAndGrants : ISqlRule
{
    private const string Rule = "role-change";
    private const string Hint = "Ask the database's administrator to make this change.";

    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal)
    {
        ["GrantStmt"] = "GRANT and REVOKE",
        ["GrantRoleStmt"] = "Granting and revoking roles",
        ["AlterDefaultPrivilegesStmt"] = "ALTER DEFAULT PRIVILEGES",
        ["CreateRoleStmt"] = "CREATE ROLE, USER or GROUP",
        ["AlterRoleStmt"] = "ALTER ROLE, USER or GROUP",
        ["AlterRoleSetStmt"] = "ALTER ROLE … SET",
        ["DropRoleStmt"] = "DROP ROLE, USER or GROUP",
        ["DropOwnedStmt"] = "DROP OWNED",
        ["ReassignOwnedStmt"] = "REASSIGN OWNED",
        ["AlterOwnerStmt"] = "Changing an owner",
        ["SecLabelStmt"] = "SECURITY LABEL",
    };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Refuse(Statements, Rule, Hint)
        .Concat(
            from node in sql.Tree.All
            where IsOwnerChange(node) || IsRole(node)
            select sql.Refuse(node, Rule, "Changing an owner or a role is not allowed.", Hint));

    private static bool IsOwnerChange(SqlNode node) =>
        (node.Kind == "AlterTableCmd" && node.Text("subtype") == "AT_ChangeOwner") || (node.Kind == "CreateSchemaStmt" && node.One("authrole") is not null);

    private static bool IsRole(SqlNode node) =>
        node.Kind is "RenameStmt" or "CommentStmt" && Objects(node).Contains("OBJECT_ROLE");

    private static string?[] Objects(SqlNode node) => [node.Text("renameType"), node.Text("objtype")];
}
