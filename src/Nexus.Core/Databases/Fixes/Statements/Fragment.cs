using System.Text.RegularExpressions;
using Nexus.Core.Databases.Fixes.Logs;

namespace Nexus.Core.Databases.Fixes.Statements;

/// <summary>Reads what it can from the piece of a statement that <c>LINE 1:</c> shows, which is cut off and so can't be parsed.</summary>
internal static class Fragment
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Name = "(\"[^\"]+\"|[A-Za-z_][A-Za-z0-9_$]*)";

    private static readonly Regex Table = new(
        $"\\b(from|join|into|update)\\s+((?<schema>{Name})\\.)?(?<table>{Name})(\\s+(as\\s+)?(?<alias>{Name}))?", Linear);

    private static readonly Regex Columns = new($"\\binsert\\s+into\\s+({Name}\\.)?(?<table>{Name})\\s*\\((?<columns>[^)(]+)\\)", Linear);

    private static readonly string[] NoAliases = ["where", "on", "set", "order", "group", "inner", "left", "right", "join", "limit", "values", "cross", "full", "returning", "using", "for"];

    public static StatementFacts? Read(string text, LoggedError error)
    {
        var tables = Table.Matches(text).Select(TableOf).Distinct().Where(table => SqlIdentifier.IsSound(table.Name)).Take(20).ToList();
        if (error.Relation is { } relation) tables.RemoveAll(table => table.Name != relation);
        if (tables.Count == 0) return null;
        return new(tables, [.. Columns.Matches(text).Where(match => tables.Any(table => table.Name == Bare(match, "table"))).Take(1).SelectMany(ColumnsOf)], [], []);
    }

    private static UsedTable TableOf(Match match)
    {
        var alias = match.Groups["alias"].Success ? Bare(match, "alias") : null;
        return new(
            match.Groups["schema"].Success ? Bare(match, "schema") : null,
            Bare(match, "table"),
            alias is null || NoAliases.Contains(alias, StringComparer.OrdinalIgnoreCase) ? null : alias);
    }

    private static IEnumerable<UsedColumn> ColumnsOf(Match match) =>
        from column in match.Groups["columns"].Value.Split(',')
        let name = Folded(column.Trim())
        where SqlIdentifier.IsSound(name)
        select new UsedColumn(Bare(match, "table"), name, ValueShape.Unknown, IsAssigned: true);

    private static string Bare(Match match, string group) => Folded(match.Groups[group].Value);

    // As PostgreSQL reads names: in lower case unless they are quoted.
    private static string Folded(string name) => name is ['"', .. var inner, '"'] ? inner : name.ToLowerInvariant();
}
