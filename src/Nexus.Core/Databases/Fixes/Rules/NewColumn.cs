using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>A column to be made, as the schema's conventions have it.</summary>
/// <param name="Reference">What it refers to, where the schema has foreign keys for such columns.</param>
internal sealed record NewColumn(string Name, string Type, string Why, SchemaTable? Reference = null)
{
    public static NewColumn Of(UsedColumn column, SchemaGraph graph)
    {
        if (ReferenceOf(column.Name, graph) is { } parent)
        {
            var key = parent.Find(parent.PrimaryKey!.Columns[0])!;
            return new(column.Name, key.Type, $"{parent.FullName} has {key.Name} as {key.Type}", UsesForeignKeys(graph) ? parent : null);
        }

        var (type, why) = TypeGuess.Of(column, graph);
        return new(column.Name, type, why);
    }

    public string Sql(bool withReference) => $"{SqlIdentifier.Quote(Name)} {Type}{(withReference ? Referring : "")}";

    public string Fact => $"{Name} {Type}: {Why}";

    private string Referring => Reference is { } parent
        ? $" REFERENCES {SqlIdentifier.Quote(parent.Schema, parent.Name)} ({SqlIdentifier.Quote(parent.PrimaryKey!.Columns[0])})"
        : "";

    private static SchemaTable? ReferenceOf(string column, SchemaGraph graph) =>
        Words.Referred(column) is { } thing
            ? graph.Tables
                .Where(table => table.Kind == SchemaTableKind.Table && table.PrimaryKey is { Columns.Count: 1 } && Words.AreSame(table.Name, thing))
                .OrderByDescending(table => table.Schema == "public").FirstOrDefault()
            : null;

    private static bool UsesForeignKeys(SchemaGraph graph) =>
        graph.Tables.Any(table => table.ForeignKeys.Any(key => key.Columns is [var column] && Words.Referred(column) is not null));
}
