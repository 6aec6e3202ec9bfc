using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>
/// A column that isn't there (42703). One that is surely the same under another name is renamed; else the column is added as the
/// schema's conventions have it.
/// </summary>
internal sealed class MissingColumn : IFixRule
{
    public IReadOnlyList<string> SqlStates { get; } = ["42703"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) => Task.FromResult(Find(context));

    private static FixOutcome Find(FixContext context)
    {
        if (context.Error.Column is not { } name) return FixOutcome.None("The log does not say which column is missing.");
        if (IsLikelyText(context, name))
            return FixOutcome.None(
                $"The statement compares a column with {name}, which stands where a value would.", "A text belongs between single quotes: double quotes make a name of it.");
        var tables = ColumnOwners.Of(context);
        if (tables.Count != 1) return Unclear(name, tables);
        var table = tables[0];
        if (table.Find(name) is not null)
            return FixOutcome.None($"{table.FullName} has the column {name} now.", "Try the statement again; where it still fails, the program uses another database.");
        if (table.Kind != SchemaTableKind.Table)
            return FixOutcome.None($"{table.FullName} is a {Called(table.Kind)}, which gets its columns from elsewhere.", "Change what it is made from.");
        return NearColumn.Of(context, table, name) is { } near ? Rename(table, near, name) : Add(context, table, name);
    }

    /// <summary>As in <c>WHERE status = "active"</c>.</summary>
    private static bool IsLikelyText(FixContext context, string name) =>
        context.Error.Qualifier is null
        && context.Statement?.Columns.Where(column => column.Name == name).ToList() is { Count: > 0 } uses
        && uses.All(column => column is { IsCompared: true, Qualifier: null });

    private static FixOutcome Unclear(string name, IReadOnlyList<SchemaTable> tables) => tables.Count == 0
        ? FixOutcome.None($"The log does not say which table is to have {name}.", "Send the statement that failed along with its error.")
        : FixOutcome.None(
            $"{name} may belong to {string.Join(" or ", tables.Select(table => table.FullName))}.", "Write the table before the column in the statement, or add the column yourself.");

    private static FixOutcome Rename(SchemaTable table, SchemaColumn near, string name) => FixOutcome.Of(new FixDraft(
        $"ALTER TABLE {SqlIdentifier.Quote(table.Schema, table.Name)} RENAME COLUMN {SqlIdentifier.Quote(near.Name)} TO {SqlIdentifier.Quote(name)}",
        $"{table.FullName} has no column {name}, but {near.Name}, which is surely meant. Renaming it keeps its data; whatever still says {near.Name} fails then. "
        + $"If the program is what is wrong, correct it to {near.Name} instead.",
        [$"{table.FullName} has {near.Name} {near.Type}"]));

    private static FixOutcome Add(FixContext context, SchemaTable table, string name)
    {
        var used = context.Statement?.Columns.Where(column => column.Name == name).MaxBy(column => column.Shape != ValueShape.Unknown)
            ?? new UsedColumn(null, name, ValueShape.Unknown);
        var column = NewColumn.Of(used, context.Graph);
        var explanation = $"{table.FullName} has no column {name}. It is added, empty in the rows that are there. If the program has migrations, run those instead.";
        bool[] withReference = [true, false];
        return new(
        [
            .. withReference
                .Select(referring => $"ALTER TABLE {SqlIdentifier.Quote(table.Schema, table.Name)} ADD COLUMN {column.Sql(referring)}").Distinct()
                .Select(sql => new FixDraft(sql, explanation, [column.Fact])),
        ]);
    }

    private static string Called(SchemaTableKind kind) => kind switch
    {
        SchemaTableKind.View => "view",
        SchemaTableKind.MaterializedView => "materialized view",
        _ => "foreign table",
    };
}
