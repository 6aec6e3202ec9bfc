using Nexus.Core.Databases.Safety.Parsing;
using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety;

/// <summary>Decides from its parse tree whether a statement may run, and names everything that stands in the way at once.</summary>
public sealed class SqlJudge(SqlParser parser)
{
    private const int MostRefusals = 50;

    private static readonly ISqlRule[] Rules =
    [
        new StatementCount(), new TransactionControl(), new SessionSettings(), new RolesAndGrants(), new ServerAdministration(),
        new StoredCode(), new LocksAndSignals(), new Copying(), new WholeTables(), new Explaining(), new ForbiddenFunctions(), new SystemCatalogs(),
        new TemporaryObjects(),
    ];

    private static readonly KnownStatements Known = new();

    /// <exception cref="NexusException"><c>PARSER_UNAVAILABLE</c>: without the parser nothing is judged, and nothing runs.</exception>
    public SqlVerdict Judge(string sql)
    {
        parser.Require();
        if (SqlLimits.Check(sql) is { } unfit) return Refused([unfit]);
        try
        {
            return parser.Parse(sql, Judge);
        }
        catch (SqlSyntaxException unreadable)
        {
            return Refused([new("unreadable", $"PostgreSQL's parser cannot read the SQL: {unreadable.Message}.", "Correct the statement.", unreadable.Position)]);
        }
    }

    private static SqlVerdict Judge(ParsedSql sql)
    {
        var refusals = Refusals(sql);
        if (refusals.Count == 0 && sql.Printed is null)
            refusals.Add(new("not-printable", "The statement cannot be printed back as it was read.", "Write it in another way.", null));
        return sql.Tree.Statements is [var raw] ? Judged(sql, raw.One("stmt")!, refusals) : Refused(refusals);
    }

    private static List<SqlRefusal> Refusals(ParsedSql sql)
    {
        var refusals = Rules.SelectMany(rule => rule.Check(sql)).Distinct().Take(MostRefusals).ToList();
        // A statement that has its reason already needs no second one for being unknown.
        if (refusals.Count == 0) refusals.AddRange(Known.Check(sql).Take(MostRefusals));
        return [.. refusals.OrderBy(one => one.Position)];
    }

    private static SqlVerdict Judged(ParsedSql sql, SqlNode statement, List<SqlRefusal> refusals)
    {
        var (risk, reasons) = Risk.Of(sql.Tree);
        return new()
        {
            Refusals = refusals,
            Kind = statement.One("intoClause") is null ? KnownStatements.KindOf(statement) : StatementKind.Ddl,
            IsRead = refusals.Count == 0 && Reading.IsRead(statement),
            Effects = [.. Reading.Effects(statement).Distinct()],
            Risk = risk,
            RiskReasons = reasons,
            Tables = [.. Relations.Read(sql.Tree).Select(name => name.ToString())],
            Mentions = MentionReader.Read(sql),
            Canonical = refusals.Count == 0 ? sql.Printed : null,
        };
    }

    private static SqlVerdict Refused(List<SqlRefusal> refusals) => new() { Refusals = refusals, Kind = StatementKind.Other, IsRead = false, Risk = RiskLevel.None };
}
