using System.Text.RegularExpressions;

namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>Finds the errors of PostgreSQL in a log, in their order: the first is often what the others come from.</summary>
internal static class LogReader
{
    private const int MostErrors = 8;

    /// <summary>Repeated ones count, as what explains them may stand at the last.</summary>
    private const int MostLines = 200;

    public static IReadOnlyList<LoggedError> Read(LogText log)
    {
        var lines = log.Lines.Select(ErrorOf).OfType<LoggedError>().Take(MostLines).ToList();
        if (lines.Count == 0) return CodeReader.Read(log);
        var ends = lines.Skip(1).Select(error => error.Index - 1).Append(log.Lines.Count);
        return
        [
            .. lines.Zip(ends, (error, end) => LogDetails.Add(error, log, end))
                .DistinctBy(error => error with { Line = "", Index = 0, Value = null })
                .Take(MostErrors),
        ];
    }

    private static LoggedError? ErrorOf(string line, int index)
    {
        foreach (var pattern in MessagePattern.All)
        {
            if (!line.Contains(pattern.Keyword, StringComparison.OrdinalIgnoreCase)) continue;
            if (pattern.Regex.Match(line) is { Success: true } match) return Named(pattern, match, line, index);
        }

        return null;
    }

    private static LoggedError Named(MessagePattern pattern, Match match, string line, int index)
    {
        var (schema, relation) = LoggedNames.Split(Group(match, "relation"));
        var (qualifier, column) = LoggedNames.Split(Group(match, "column"));
        return new(pattern.SqlState, line, index)
        {
            Schema = Group(match, "schema") ?? schema,
            Relation = relation,
            Qualifier = Group(match, "qualifier") ?? LoggedNames.Split(qualifier).Name,
            Column = column,
            Constraint = Group(match, "constraint"),
            Type = pattern.SqlState == "42704" ? LoggedNames.Split(Group(match, "type")).Name : null,
            Function = Group(match, "function"),
            Parent = LoggedNames.Split(Group(match, "parent")).Name,
            Length = Group(match, "length"),
            Kind = Group(match, "kind")?.ToLowerInvariant(),
            IsOfStatement = pattern.IsOfStatement,
        };
    }

    private static string? Group(Match match, string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
}
