using System.Text.RegularExpressions;

namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>
/// Finds errors by their SQLSTATE alone, for servers that speak another language than English: the names are then between quotes in
/// the same line, or in the driver's fields.
/// </summary>
internal static class CodeReader
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const int LinesBefore = 6;

    private static readonly Regex Code = new("(^|[^0-9A-Za-z])(?<code>42P01|42703|42704|3F000|23502|23505|23503)([^0-9A-Za-z]|$)", Linear);

    private static readonly Regex Quoted = new("[\"«»„“](?<name>[^\"«»„“”]+)[\"«»“”]", Linear);

    public static IReadOnlyList<LoggedError> Read(LogText log)
    {
        for (var index = 0; index < log.Lines.Count; index++)
        {
            if (Code.Match(log.Lines[index]) is not { Success: true } match) continue;
            var code = match.Groups["code"].Value;
            var names = NamesNear(log, index);
            var error = LogDetails.Add(Named(new(code, log.Lines[index], index), names), log, log.Lines.Count);
            return [error];
        }

        return [];
    }

    /// <summary>In the line itself; where a driver prints the code by itself, in the nearest line above that has any.</summary>
    private static List<string> NamesNear(LogText log, int index)
    {
        foreach (var line in log.Between(index - LinesBefore, index).Reverse())
        {
            var names = Quoted.Matches(line).Select(match => match.Groups["name"].Value).ToList();
            if (names.Count > 0) return names;
        }

        return [];
    }

    private static LoggedError Named(LoggedError error, List<string> names)
    {
        var (qualifier, first) = LoggedNames.Split(names.FirstOrDefault());
        var second = LoggedNames.Split(names.ElementAtOrDefault(1)).Name;
        return error.SqlState switch
        {
            "42P01" => error with { Schema = qualifier, Relation = first },
            "42703" or "23502" => error with { Qualifier = qualifier, Column = first, Relation = second },
            "42704" => error with { Type = first },
            "3F000" => error with { Schema = first },
            "23505" => error with { Constraint = first },
            _ => error with { Relation = first, Constraint = second },
        };
    }
}
