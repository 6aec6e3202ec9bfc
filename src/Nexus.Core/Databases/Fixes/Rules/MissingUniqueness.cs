using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>
/// Columns that something wants to be unique: those that a foreign key refers to (42830), and those that ON CONFLICT names (42P10).
/// Rows that are twice there make the trial fail.
/// </summary>
internal sealed class MissingUniqueness : IFixRule
{
    public IReadOnlyList<string> SqlStates { get; } = ["42830", "42P10"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) => Task.FromResult(
        context.Error.SqlState == "42830" ? ForForeignKey(context) : ForConflict(context));

    private static FixOutcome ForForeignKey(FixContext context)
    {
        var parent = context.Error.Parent;
        var key = context.Statement?.ForeignKeys.FirstOrDefault(one => one.Target.Name == parent);
        if (parent is null || key is null || context.Find(key.Target.Schema, parent) is not { } table)
            return FixOutcome.None("The log does not say which columns the foreign key refers to.", "Send the statement that failed along with its error.");
        // Without columns it means the primary key, which the table then lacks.
        IReadOnlyList<string> columns = key.TargetColumns.Count > 0 ? key.TargetColumns : ["id"];
        return Unique(table, columns, isKey: key.TargetColumns.Count == 0, "The foreign key refers to them, and needs them to name one row.");
    }

    private static FixOutcome ForConflict(FixContext context) =>
        context.Statement is { ConflictColumns: { Count: > 0 } columns, Tables: [var target, ..] } && context.Find(target.Schema, target.Name) is { } table
            ? Unique(table, columns, isKey: false, "ON CONFLICT names them, and needs a unique constraint to go by.")
            : FixOutcome.None("The log does not say which columns ON CONFLICT names.", "Send the statement that failed along with its error.");

    private static FixOutcome Unique(SchemaTable table, IReadOnlyList<string> columns, bool isKey, string why)
    {
        if (columns.FirstOrDefault(column => table.Find(column) is null) is not null)
            return FixOutcome.None($"{table.FullName} does not have all the columns that are to be unique.");
        if (table.Keys.Any(key => key.Columns.ToHashSet().SetEquals(columns)))
            return FixOutcome.None($"These columns of {table.FullName} are unique now.", "Try the statement again.");
        var names = string.Join(", ", columns.Select(SqlIdentifier.Quote));
        var kind = isKey && table.PrimaryKey is null ? "PRIMARY KEY" : "UNIQUE";
        return FixOutcome.Of(new FixDraft(
            $"ALTER TABLE {SqlIdentifier.Quote(table.Schema, table.Name)} ADD {kind} ({names})",
            $"{table.FullName} does not keep {string.Join(", ", columns)} unique. {why} Every row is checked, and writers wait meanwhile.",
            [.. table.Keys.Select(key => $"{table.FullName} has {SchemaText.Key(key)}").DefaultIfEmpty($"{table.FullName} has no key")]));
    }
}
