using System.Text.RegularExpressions;

namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>Adds what stands in the lines after an error: DETAIL and HINT, and the fields that drivers print of an error.</summary>
internal static class LogDetails
{
    private const int LinesAfter = 30;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Missing = new(
        "Key \\((?<column>[^)=,]{1,128})\\)=\\((?<value>[^)]{0,200})\\) is not present in table [\"«](?<parent>[^\"»]{1,128})[\"»]", Linear);

    private static readonly Regex Meant = new("Perhaps you meant to reference the column [\"«](?<meant>[^\"»]{1,160})[\"»]", Linear);

    // node-postgres prints table: 'x'; JSON "table":"x"; Npgsql TableName: x; pq and pgx have Table:x where they print the struct.
    private static readonly Regex Field = new(
        "[\\s{,\"'](?<field>schema|table|column|constraint)_?(name)?[\"']?\\s*[:=]\\s*[\"']?(?<value>[^\\s\"',}]{1,128})", Linear);

    /// <param name="end">The last line before the next error.</param>
    public static LoggedError Add(LoggedError error, LogText log, int end)
    {
        foreach (var line in log.Between(error.Index, Math.Min(end, error.Index + LinesAfter)))
        {
            if (Missing.Match(line) is { Success: true } missing)
            {
                error = error with
                {
                    Column = error.Column ?? missing.Groups["column"].Value,
                    Value = error.Value ?? missing.Groups["value"].Value,
                    Parent = error.Parent ?? LoggedNames.Split(missing.Groups["parent"].Value).Name,
                };
            }

            if (error.Meant is null && Meant.Match(line) is { Success: true } meant) error = error with { Meant = meant.Groups["meant"].Value };
            foreach (Match field in Field.Matches(" " + line)) error = Add(error, field.Groups["field"].Value, field.Groups["value"].Value);
        }

        return error;
    }

    /// <summary>What the message itself named is not overruled.</summary>
    private static LoggedError Add(LoggedError error, string field, string value) => (field.ToLowerInvariant(), error) switch
    {
        _ when !SqlIdentifier.IsSound(value) || value is "undefined" or "null" or "None" => error,
        ("schema", { Schema: null }) => error with { Schema = value },
        ("table", { Relation: null }) => error with { Relation = value },
        ("column", { Column: null }) => error with { Column = value },
        ("constraint", { Constraint: null }) => error with { Constraint = value },
        _ => error,
    };
}
