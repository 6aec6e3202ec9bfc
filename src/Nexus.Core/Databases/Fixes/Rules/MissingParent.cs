using System.Globalization;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>
/// A row that refers to one that isn't there (23503). Where the row that is missed needs nothing but its key, and that is a number or a
/// UUID, it is made.
/// </summary>
internal sealed class MissingParent : IFixRule
{
    public IReadOnlyList<string> SqlStates { get; } = ["23503"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) => Task.FromResult(Find(context));

    private static FixOutcome Find(FixContext context)
    {
        var error = context.Error;
        if (error.Kind is not null)
            return FixOutcome.None("Other rows refer to the one that is to go or to change, and the constraint is right to keep it.", "Delete or change those rows first.");
        if (KeyOf(context) is not { Columns: [_] } key)
            return FixOutcome.None("The log does not say which foreign key failed.", "Send the lines with the constraint's name and the DETAIL.");
        if (context.Find(null, key.Target) is not { } parent || parent.Find(key.TargetColumns[0]) is not { } column)
            return FixOutcome.None($"{key.Target} is not to be seen by this role.");
        if (error.Value is null)
            return FixOutcome.None($"The log does not say which row of {parent.FullName} is missing.", "Send the line with the DETAIL: it names the key.");
        var demanding = parent.Columns.Where(one => one.Name != column.Name && !one.IsNullable && one.Default is null && !one.IsIdentity).ToList();
        if (demanding.Count > 0)
            return FixOutcome.None(
                $"{parent.FullName} lacks the row that is referred to, and a row of it also needs {string.Join(", ", demanding.Take(5).Select(one => one.Name))}.",
                "Insert it with nexusai_db_query_execute, or correct the program so that it makes that row first.");
        return Literal(column.Type, error.Value) is { } value ? Insert(parent, column, value) : FixOutcome.None(
            $"{parent.FullName} lacks the row that is referred to, and its key is of type {column.Type}, which isn't taken out of a log.",
            "Insert it with nexusai_db_query_execute and the key as a parameter.");
    }

    /// <summary>By the constraint's name, else by the column of the message.</summary>
    private static SchemaForeignKey? KeyOf(FixContext context)
    {
        var error = context.Error;
        var keys = (context.Named is { } table ? [table] : context.Graph.Tables).SelectMany(one => one.ForeignKeys).ToList();
        var named = keys.Where(key => key.Name == error.Constraint).ToList();
        if (named.Count == 1) return named[0];
        return keys.Where(key => key.Columns is [var only] && only == error.Column).ToList() is [var single] ? single : null;
    }

    /// <summary>Read as what it is and written anew: nothing of the log's own text gets into the SQL.</summary>
    private static string? Literal(string type, string value) => type switch
    {
        "smallint" or "integer" or "bigint" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            number.ToString(CultureInfo.InvariantCulture),
        "uuid" when Guid.TryParseExact(value, "D", out var id) => $"'{id:D}'",
        _ => null,
    };

    private static FixOutcome Insert(SchemaTable parent, SchemaColumn column, string value) => FixOutcome.Of(new FixDraft(
        $"INSERT INTO {SqlIdentifier.Quote(parent.Schema, parent.Name)} ({SqlIdentifier.Quote(column.Name)}){(column.IsIdentity ? " OVERRIDING SYSTEM VALUE" : "")} VALUES ({value})",
        $"A row refers to {parent.FullName} with {column.Name} {value}, which is not there. A row with that key and nothing else is made. "
        + "If the program should have made it with more, let it do that instead.",
        [$"{parent.FullName} needs nothing but {column.Name} {column.Type}"]));
}
