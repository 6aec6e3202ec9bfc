using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Fixes.Models;

/// <summary>
/// What a model may draft: it reads text by strangers, who may have told it anything. It may make things and change one thing of a table;
/// it may not take away, and not write rows.
/// </summary>
internal static class DraftWall
{
    private static readonly HashSet<string> Statements = new(StringComparer.Ordinal)
    {
        "CreateStmt", "AlterTableStmt", "RenameStmt", "CreateEnumStmt", "CreateDomainStmt", "CreateSchemaStmt", "CreateSeqStmt",
    };

    private static readonly HashSet<string> Commands = new(StringComparer.Ordinal)
    {
        "AT_AddColumn", "AT_AddConstraint", "AT_ColumnDefault", "AT_DropNotNull", "AT_AlterColumnType", "AT_AddIdentity",
    };

    /// <exception cref="NexusException"><c>FIX_NOT_VERIFIED</c>.</exception>
    public static void Check(SqlParser parser, string sql)
    {
        if (SqlLimits.Check(sql) is not null || !IsAllowed(parser, sql))
            throw FixErrors.NotVerified("the model drafted something that a fix may not do.");
    }

    private static bool IsAllowed(SqlParser parser, string sql)
    {
        try
        {
            return parser.Parse(sql, parsed => parsed.Tree.Statements is [var only] && IsAllowed(only.One("stmt")!));
        }
        catch (SqlSyntaxException)
        {
            return false;
        }
    }

    private static bool IsAllowed(SqlNode statement) =>
        Statements.Contains(statement.Kind)
        && statement.WithBelow().All(node => !node.Kind.EndsWith("Stmt", StringComparison.Ordinal) || node == statement)
        && (statement.Kind != "RenameStmt" || statement.Text("renameType") == "OBJECT_COLUMN")
        && (statement.Kind != "AlterTableStmt" || (statement.All("cmds").ToList() is [var command] && Commands.Contains(command.Text("subtype") ?? "AT_AddColumn")));
}
