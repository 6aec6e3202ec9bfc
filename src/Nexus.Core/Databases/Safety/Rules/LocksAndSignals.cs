using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>What reaches other sessions, or can't run in our transaction.</summary>
internal sealed class LocksAndSignals : ISqlRule
{
    private static readonly Dictionary<string, string> Signals = new(StringComparer.Ordinal)
    {
        ["ListenStmt"] = "LISTEN",
        ["UnlistenStmt"] = "UNLISTEN",
        ["NotifyStmt"] = "NOTIFY",
        ["LockStmt"] = "LOCK",
    };

    private const string Everything = "ANALYZE of every table";

    private const string Outside = "Have it run as a maintenance job: it cannot run in a transaction.";

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Refuse(Signals, "other-sessions", "Leave it out: the connection ends with the statement.")
        .Concat(
            from node in sql.Tree.All
            let name = Maintenance(node)
            where name is not null
            select sql.Refuse(node, "maintenance", $"{name} is not allowed.", Hint(name)));

    private static string Hint(string name) =>
        name == Everything ? "Name the tables."
        : name.EndsWith("CONCURRENTLY", StringComparison.Ordinal) ? "Leave CONCURRENTLY out, or have it run as a maintenance job."
        : Outside;

    private static string? Maintenance(SqlNode node) => node.Kind switch
    {
        "VacuumStmt" when node.Flag("is_vacuumcmd") => "VACUUM",
        "VacuumStmt" when node.One("rels") is null => Everything, // It would work out the indexes of every table, and so run what nobody has looked at.
        "ClusterStmt" => "CLUSTER",
        "ReindexStmt" => "REINDEX",
        "IndexStmt" or "DropStmt" or "RefreshMatViewStmt" when node.Flag("concurrent") => "CONCURRENTLY",
        "PartitionCmd" when node.Flag("concurrent") => "DETACH PARTITION CONCURRENTLY",
        _ => null,
    };
}
