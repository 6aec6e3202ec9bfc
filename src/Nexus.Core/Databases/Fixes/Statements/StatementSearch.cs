using System.Text.RegularExpressions;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Fixes.Statements;

/// <summary>
/// Finds the statement that failed near its error, however the log frames it: from each word that begins one, the longest text that
/// PostgreSQL's parser can read.
/// </summary>
internal sealed class StatementSearch(SqlParser parser)
{
    private const int LinesBefore = 25;
    private const int LinesAfter = 30;
    private const int LongestStatement = 8192;
    private const int MostVerbs = 200;
    private const int MostStarts = 8;
    private const int MostEnds = 40;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Verb = new("\\b(insert\\s+into|select|update|delete\\s+from|with|create\\s+table|alter\\s+table|merge\\s+into)\\s", Linear);

    // Where a frame around a statement may close: an end of line, a bracket, the dash of Knex, and a quote that no name or text of SQL would close
    // with, because a line, an object or its next member follows.
    private static readonly Regex End = new("\n|\\]|;| - |[\"'`]( *[})]|,? *(\n|$)|, *[\"'][A-Za-z_]{1,40}[\"'] *:)|$", Linear);

    private static readonly Regex Placeholder = new("%s|%\\([A-Za-z0-9_]{1,64}\\)s|@[A-Za-z_][A-Za-z0-9_]{0,63}|\\?", Linear);

    // A bound name, but not the second colon of a cast.
    private static readonly Regex NamedPlaceholder = new("(?<before>[\\s(,=])(:[A-Za-z_][A-Za-z0-9_]{0,63})", Linear);

    /// <summary>Null when there is none that can be read.</summary>
    public StatementFacts? Find(LogText log, LoggedError error)
    {
        var first = Math.Max(0, error.Index - LinesBefore);
        var lines = log.Between(first, error.Index + LinesAfter).ToList();
        var text = string.Join('\n', lines);
        var here = lines.Take(error.Index - first).Sum(line => line.Length + 1);
        var starts = Verb.Matches(text).Select(match => match.Index)
            .OrderBy(start => start >= here ? 0 : 1).ThenBy(start => Math.Abs(start - here))
            .Take(MostVerbs)
            .Where(start => Mentions(Block(text, start), error))
            .Take(MostStarts);
        return starts.Select(start => Read(Block(text, start), error)).FirstOrDefault(facts => facts is not null)
            ?? Fragment.Read(text, error);
    }

    private static string Block(string text, int start) => text.Substring(start, Math.Min(LongestStatement, text.Length - start));

    private StatementFacts? Read(string block, LoggedError error)
    {
        var ends = End.Matches(block).Select(match => match.Index).Distinct().Take(MostEnds).OrderDescending();
        return ends.Select(end => Parse(block[..end])).FirstOrDefault(facts => facts is not null && IsOf(facts, error));
    }

    private StatementFacts? Parse(string sql)
    {
        var bound = Placeholder.Replace(NamedPlaceholder.Replace(sql, "${before}$$1"), "$$1");
        return TryParse(bound);
    }

    private StatementFacts? TryParse(string sql)
    {
        if (SqlLimits.Check(sql) is not null) return null;
        try
        {
            return parser.Parse(sql, parsed => parsed.Tree.Statements.Count == 1 ? FactsOfTree.Read(parsed.Tree) : null);
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }

    private static bool Mentions(string block, LoggedError error) =>
        (error.Relation ?? error.Parent ?? error.Column) is not { } name || block.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(StatementFacts facts, LoggedError error) =>
        error.Relation is { } relation ? facts.Tables.Any(table => table.Name == relation)
        : error.Parent is { } parent ? facts.Tables.Any(table => table.Name == parent)
        : error.Column is not { } column || facts.Columns.Any(one => one.Name == column);
}
