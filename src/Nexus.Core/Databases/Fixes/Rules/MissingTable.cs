using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>
/// A table that isn't there (42P01). Where it is there under almost the same name or in another schema, a view leads to it; else it
/// is made with the columns that the statement wants.
/// </summary>
internal sealed class MissingTable : IFixRule
{
    private const int MostColumns = 100;

    public IReadOnlyList<string> SqlStates { get; } = ["42P01"];

    public Task<FixOutcome> FindAsync(FixContext context, CancellationToken cancellationToken) => Task.FromResult(Find(context));

    private static FixOutcome Find(FixContext context)
    {
        var error = context.Error;
        if (error.Relation is not { } name) return FixOutcome.None("The log does not say which table is missing.");
        var (schema, known) = (error.Schema ?? "public", context.Graph);
        if (known.Tables.Any(table => table.Schema == schema && table.Name == name))
            return FixOutcome.None($"{schema}.{name} is there now.", "Try the statement again; where it still fails, the program uses another database or search_path.");
        var columns = context.ColumnsOf(name);
        if (columns.Any(column => !SqlIdentifier.IsSound(column.Name)) || columns.Count > MostColumns)
            return FixOutcome.None($"The statement wants columns of {name} that a person would not name so.");
        return Twins(context, name, columns) switch
        {
            [var twin] when context.Statement?.ForeignKeys.Any(key => key.Target.Name == name) == true => FixOutcome.None(
                $"A foreign key refers to {name}, which is not there; {twin.FullName} is.", $"Correct the statement so that it refers to {twin.FullName}."),
            [var twin] => View(schema, name, twin),
            [] => Create(context, schema, name, columns),
            var several => FixOutcome.None(
                $"{name} may be any of {string.Join(", ", several.Select(table => table.FullName))}.", "Decide which is meant, and use its name in the program."),
        };
    }

    /// <summary>Tables that are probably meant: the same name but for case, number or a slip, or a near one; each has every column that is wanted.</summary>
    private static IReadOnlyList<SchemaTable> Twins(FixContext context, string name, IReadOnlyList<UsedColumn> columns)
    {
        var near = NearNames.Of(name, context.Graph.Tables.Select(table => table.Name));
        return
        [
            .. context.Graph.Tables.Where(table => Has(table, columns)
                && (Words.AreSame(table.Name, name) || (near.Contains(table.Name) && (Closeness.IsSlip(table.Name, name) || (columns.Count > 1 && !DifferInDigits(table.Name, name)))))),
        ];
    }

    private static bool Has(SchemaTable table, IReadOnlyList<UsedColumn> columns) => columns.All(column => table.Find(column.Name) is not null);

    private static bool DifferInDigits(string left, string right) => !left.Where(char.IsDigit).SequenceEqual(right.Where(char.IsDigit));

    private static FixOutcome View(string schema, string name, SchemaTable twin) => FixOutcome.Of(new FixDraft(
        $"CREATE VIEW {SqlIdentifier.Quote(schema, name)} AS SELECT * FROM {SqlIdentifier.Quote(twin.Schema, twin.Name)}",
        $"{schema}.{name} is not there, but {twin.FullName} is, and has what the statement wants. The view lets both names be read and written. "
        + $"If the program is what is wrong, correct it to {twin.FullName} instead.",
        [$"{twin.FullName} has the columns {string.Join(", ", twin.Columns.Take(20).Select(column => column.Name))}"]));

    private static FixOutcome Create(FixContext context, string schema, string name, IReadOnlyList<UsedColumn> wanted)
    {
        var key = KeyOf(context, name, wanted);
        List<NewColumn> columns = [key, .. wanted.Where(column => column.Name != key.Name).Select(column => NewColumn.Of(column, context.Graph))];
        var conflict = context.Statement?.ConflictColumns is { Count: > 0 } one && !one.SequenceEqual([key.Name]) ? one : [];
        bool[] withReferences = [true, false];
        var drafts = withReferences
            .Select(referring => Sql(schema, name, columns, conflict, referring)).Distinct()
            .Select(sql => new FixDraft(sql, Explanation(schema, name, wanted), [.. columns.Select(column => column.Fact)]));
        return new([.. drafts]);
    }

    /// <summary>Where the statement makes a foreign key to the table, its key has the column and the type that this refers to.</summary>
    private static NewColumn KeyOf(FixContext context, string name, IReadOnlyList<UsedColumn> wanted)
    {
        var reference = context.Statement?.ForeignKeys.FirstOrDefault(one => one.Target.Name == name);
        var column = reference?.TargetColumns is [var only] && SqlIdentifier.IsSound(only) ? only : "id";
        var type = reference?.Types is [var internalName] ? KnownTypes.Name(internalName) : null;
        return NewKey.Of(context.Graph, wanted.FirstOrDefault(one => one.Name == column), column, type ?? TypeOfReferrers(context, name));
    }

    /// <summary>Columns such as <c>customer_id</c> that wait for the table <c>customers</c>.</summary>
    private static string? TypeOfReferrers(FixContext context, string name) => context.Graph.Tables
        .SelectMany(table => table.Columns)
        .Where(column => Words.Referred(column.Name) is { } thing && Words.AreSame(thing, name) && KnownTypes.IsOne(column.Type))
        .GroupBy(column => column.Type).OrderByDescending(type => type.Count()).FirstOrDefault()?.Key;

    private static string Sql(string schema, string name, IEnumerable<NewColumn> columns, IReadOnlyList<string> conflict, bool referring)
    {
        var parts = columns.Select(column => column.Sql(referring));
        if (conflict.Count > 0) parts = parts.Append($"UNIQUE ({string.Join(", ", conflict.Select(SqlIdentifier.Quote))})");
        return $"CREATE TABLE {SqlIdentifier.Quote(schema, name)} ({string.Join(", ", parts)})";
    }

    private static string Explanation(string schema, string name, IReadOnlyList<UsedColumn> wanted) => wanted.Count > 0
        ? $"{schema}.{name} is not there. It is made with the columns that the statement uses; types follow its neighbours. If the program has migrations, run those instead."
        : $"{schema}.{name} is not there, and the log does not show which columns it is to have: it is made with its key alone. If the program has migrations, run those instead.";
}
