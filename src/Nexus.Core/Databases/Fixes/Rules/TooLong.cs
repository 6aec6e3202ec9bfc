using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>A text that its column has no room for (22001). PostgreSQL says which type that was and not which column.</summary>
internal sealed class TooLong : IFixRule
{
    public IReadOnlyList<string> SqlStates { get; } = ["22001"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) => Task.FromResult(Find(context));

    private static FixOutcome Find(FixContext context)
    {
        if (context.Error.Kind?.StartsWith("bit", StringComparison.Ordinal) == true) return FixOutcome.None("A string of bits is too long for its column.");
        var candidates = Candidates(context).Take(6).ToList();
        return candidates switch
        {
            [var (table, column)] => Widen(table, column),
            [] => FixOutcome.None($"No column of {Wanted(context) ?? "that name"} that the log could mean has a limit now.", "Send the statement that failed along with its error."),
            _ => FixOutcome.None(
                $"The text may have been for any of {string.Join(", ", candidates.Select(one => $"{one.Table.FullName}.{one.Column.Name}"))}: the message does not name the column.",
                "Send the statement that failed along with its error, or widen the column yourself."),
        };
    }

    /// <summary>Those that the statement sets, else all.</summary>
    private static IEnumerable<(SchemaTable Table, SchemaColumn Column)> Candidates(FixContext context)
    {
        var named = context.Statement?.Tables.Select(table => context.Find(table.Schema, table.Name)).OfType<SchemaTable>().ToList() ?? [];
        var assigned = context.Statement?.Columns.Where(column => column.IsAssigned).Select(column => column.Name).ToHashSet() ?? [];
        var wanted = Wanted(context);
        return from table in context.Named is { } one ? [one] : named.Count > 0 ? named : context.Graph.Tables
               where table.Kind == SchemaTableKind.Table
               from column in table.Columns
               where wanted is null ? column.Type.StartsWith("character", StringComparison.Ordinal) && column.Type.EndsWith(')') : column.Type == wanted
               where context.Error.Column is { } name ? column.Name == name : assigned.Count == 0 || assigned.Contains(column.Name)
               select (table, column);
    }

    private static string? Wanted(FixContext context) => context.Error is { Kind: { } kind, Length: { } length } ? $"{kind}({length})" : null;

    private static FixOutcome Widen(SchemaTable table, SchemaColumn column) => FixOutcome.Of(new FixDraft(
        $"ALTER TABLE {SqlIdentifier.Quote(table.Schema, table.Name)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} TYPE text",
        $"{column.Name} of {table.FullName} takes {column.Type} and got more. As text it takes any length; PostgreSQL keeps both alike, so no row is written anew. "
        + "If the limit is meant, let the program keep to it.",
        [$"{table.FullName} has {column.Name} {column.Type}"]));
}
