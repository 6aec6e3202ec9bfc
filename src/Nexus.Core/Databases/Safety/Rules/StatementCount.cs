using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>One statement at a time: what follows a semicolon would run unseen.</summary>
internal sealed class StatementCount : ISqlRule
{
    public IEnumerable<SqlRefusal> Check(ParsedSql sql)
    {
        var statements = sql.Tree.Statements;
        if (statements.Count == 0) yield return new("no-statement", "There is no statement in this SQL.", "Send one SQL statement.", null);
        if (statements.Count > 1)
            yield return sql.Refuse(statements[1], "several-statements", $"There are {statements.Count} statements, and one is allowed.", "Send them one by one.");
    }
}
