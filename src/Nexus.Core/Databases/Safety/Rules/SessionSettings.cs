using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>What a session may and how it reads SQL is set by us: no statement changes it, nor who it is.</summary>
internal sealed class SessionSettings : ISqlRule
{
    private const string Hint = "Leave it out: each statement runs on a connection of its own whose settings Nexus makes. Qualify names instead of changing search_path.";

    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal) { ["DiscardStmt"] = "DISCARD" };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Refuse(Statements, "session-setting", Hint)
        .Concat(sql.Tree.Of("VariableSetStmt").Select(node => Set(sql, node)));

    private static SqlRefusal Set(ParsedSql sql, SqlNode node)
    {
        var name = node.Text("name") ?? "ALL";
        return name.ToLowerInvariant() switch
        {
            "role" => sql.Refuse(node, "role-switch", "SET ROLE is not allowed.", "Register a source with the role that you need."),
            "session_authorization" => sql.Refuse(node, "role-switch", "SET SESSION AUTHORIZATION is not allowed.", "Register a source with the role that you need."),
            "transaction" or "session characteristics" or "transaction snapshot" => sql.Refuse(
                node, "transaction-control", "SET TRANSACTION is not allowed.", "Leave it out: Nexus decides whether a transaction reads or writes."),
            _ => sql.Refuse(node, "session-setting", $"SET and RESET ({name}) are not allowed.", Hint),
        };
    }
}
