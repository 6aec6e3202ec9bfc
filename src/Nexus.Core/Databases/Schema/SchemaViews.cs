namespace Nexus.Core.Databases.Schema;

/// <summary>
/// A part of a schema that an agent can read without losing its thread: tables whole while they are few, then their names alone, page
/// by page.
/// </summary>
/// <param name="Hint">How to see more; null where this is all.</param>
public sealed record SchemaView(
    int TableCount, IReadOnlyList<TableView> Tables, IReadOnlyList<string> Names, string? NextCursor = null, string? Hint = null);

/// <summary>A table, its parts written as DDL would.</summary>
/// <param name="Rows">As of the last ANALYZE.</param>
public sealed record TableView(
    string Name, SchemaTableKind Kind, IReadOnlyList<string> Columns, IReadOnlyList<string>? Keys = null,
    IReadOnlyList<string>? ReferencedBy = null, IReadOnlyList<string>? Indexes = null, long? Rows = null, string? Comment = null)
{
    internal static TableView Of(SchemaTable table, IReadOnlyList<string> referencedBy) => new(
        table.FullName,
        table.Kind,
        [.. table.Columns.Select(SchemaText.Column)],
        Some(table.Keys.Select(SchemaText.Key).Concat(table.ForeignKeys.Select(SchemaText.ForeignKey))),
        Some(referencedBy),
        Some(table.Indexes),
        table.EstimatedRows,
        table.Comment);

    private static string[]? Some(IEnumerable<string> texts) => texts.ToArray() is { Length: > 0 } some ? some : null;
}
