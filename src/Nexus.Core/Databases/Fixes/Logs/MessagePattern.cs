using System.Text.RegularExpressions;

namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>How PostgreSQL, or a driver that words it anew, says one kind of error.</summary>
/// <param name="Keyword">Stands in every such line; looked for first, because most lines aren't errors.</param>
internal sealed record MessagePattern(string SqlState, string Keyword, Regex Regex, bool IsOfStatement = false)
{
    // None of them backtracks: whatever the log holds, the time is linear in its length.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // A name between straight quotes, backticks or those of another language.
    private const string Open = "[\"`'«»„“]";
    private const string Close = "[\"`'«»”“]";

    /// <summary>PostgreSQL's own wording (errcodes and messages of its source), then Prisma's (error reference, P2000 to P2022).</summary>
    public static IReadOnlyList<MessagePattern> All { get; } =
    [
        Of("42P01", "FROM-clause", "missing FROM-clause entry for table " + Name("qualifier"), isOfStatement: true),
        Of("42703", "does not exist", "column " + Name("column") + " of relation " + Name("relation") + " does not exist"),
        Of("42P01", "does not exist", "(relation|table|view) " + Name("relation") + " does not exist"),
        Of("42703", "does not exist", "column (?<column>[^\\s\"`']{1,128}|" + Open + "[^\"`]{1,128}" + Close + ") does not exist"),
        Of("42883", "does not exist", "function (?<function>[^\\s(]{1,128})\\([^)]{0,200}\\) does not exist"),
        Of("42883", "operator", "operator does not exist", isOfStatement: true),
        Of("42704", "does not exist", "type " + Name("type") + " does not exist"),
        Of("3F000", "does not exist", "schema " + Name("schema") + " does not exist"),
        Of("23502", "null value", "null value in column " + Name("column") + "( of relation " + Name("relation") + ")? violates not-null"),
        Of("23505", "unique constraint", "violates unique constraint " + Name("constraint")),
        Of("23503", "foreign key constraint", "(?<kind>update or delete) on table " + Name("parent") + " violates (restrict setting of )?foreign key constraint " + Name("constraint") + " on table " + Name("relation")),
        Of("23503", "foreign key constraint", "on table " + Name("relation") + " violates foreign key constraint " + Name("constraint")),
        Of("22001", "too long", "value too long for type (?<kind>character varying|character|bit varying|bit)\\((?<length>[0-9]{1,9})\\)"),
        Of("42501", "permission denied", "permission denied for (?<kind>table|relation|view|sequence|schema|function|database|type|foreign table|materialized view) " + Open + "?(?<relation>[^\\s\"`'«»“”)]{1,128})"),
        Of("42501", "must be owner", "must be owner of (?<kind>table|relation|view|sequence|schema|function|type|materialized view) " + Open + "?(?<relation>[^\\s\"`'«»“”)]{1,128})"),
        Of("42830", "no unique constraint", "no unique constraint matching given keys for referenced table " + Name("parent")),
        Of("42P10", "ON CONFLICT", "no unique or exclusion constraint matching the ON CONFLICT"),
        Of("23502", "Null constraint", "Null constraint violation on the fields: \\(`(?<column>[^`]{1,128})`\\)"),
        Of("23505", "Unique constraint failed", "Unique constraint failed on the (constraint: `(?<constraint>[^`]{1,128})`|fields)"),
        Of("23503", "Foreign key constraint violated", "Foreign key constraint violated(:| on the constraint:) `(?<constraint>[^`\\s]{1,128})"),
        Of("22001", "too long for the column", "too long for the column's type. Column: (?<column>[^\\s,]{1,128})"),
    ];

    private static MessagePattern Of(string sqlState, string keyword, string regex, bool isOfStatement = false) =>
        new(sqlState, keyword, new(regex, Linear), isOfStatement);

    private static string Name(string group) => $"{Open}(?<{group}>[^\"`\n]{{1,160}}?){Close}";
}
