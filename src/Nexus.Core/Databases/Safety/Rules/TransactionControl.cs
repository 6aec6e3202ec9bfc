using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>The transaction is ours: leaving it would leave its limits.</summary>
internal sealed class TransactionControl : ISqlRule
{
    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal)
    {
        ["TransactionStmt"] = "Transaction control (BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION)",
        ["ConstraintsSetStmt"] = "SET CONSTRAINTS",
    };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        sql.Refuse(Statements, "transaction-control", "Leave it out: each statement runs in a transaction of its own.");
}
