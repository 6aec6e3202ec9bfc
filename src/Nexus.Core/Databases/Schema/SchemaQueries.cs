using System.Globalization;
using System.Text.Json;
using Nexus.Core.Access;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Schema;

/// <summary>Shows schemas.</summary>
public sealed class SchemaQueries(SourceQueries sources, SchemaCache schemas)
{
    private const int MostCharacters = 24_000;
    private const int NamesOnAPage = 400;
    private const int MostReferences = 50;
    private const int LongestColumn = 200;

    /// <param name="table">A name, with or without its schema, or a part of names; null for all.</param>
    /// <param name="cursor">Where the names of the page before ended.</param>
    public async Task<SchemaView> InspectAsync(
        Actor actor, Guid sourceId, bool refresh, string? table, string? cursor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.InspectDatabaseSchema);
        var start = Start(cursor);
        var source = await sources.GetAsync(actor, sourceId, cancellationToken);
        var (graph, _) = await schemas.GetAsync(source, refresh, cancellationToken);
        return View(graph, Chosen(graph, table), start);
    }

    private static SchemaView View(SchemaGraph graph, IReadOnlyList<SchemaTable> chosen, int start)
    {
        var referrers = graph.Tables
            .SelectMany(table => table.ForeignKeys.Select(key => (key.Target, Text: $"{table.FullName}({string.Join(", ", key.Columns)})")))
            .ToLookup(one => one.Target, one => one.Text);
        var whole = new List<TableView>();
        var room = MostCharacters;
        foreach (var view in chosen.Select(table => TableView.Of(table, [.. referrers[table.FullName].Take(MostReferences)])))
        {
            room -= JsonSerializer.Serialize(view).Length;
            if (room < 0) return chosen.Count > 1 ? Names(graph, chosen, start) : Huge(graph, view);
            whole.Add(view);
        }

        return new(graph.Tables.Count, whole, []);
    }

    private static SchemaView Names(SchemaGraph graph, IReadOnlyList<SchemaTable> chosen, int start)
    {
        var names = Fitting(chosen.Skip(start).Take(NamesOnAPage).Select(table => table.FullName), MostCharacters);
        var next = start + names.Count < chosen.Count ? (start + names.Count).ToString(CultureInfo.InvariantCulture) : null;
        return new(graph.Tables.Count, [], names, next, string.Create(CultureInfo.InvariantCulture,
            $"{chosen.Count} tables are too many to show whole. Give table, a name or a part of names such as a schema's, to see columns and keys; or go on with cursor."));
    }

    /// <summary>A single table that is too large: its columns, as many as fit.</summary>
    private static SchemaView Huge(SchemaGraph graph, TableView view)
    {
        var columns = Fitting(view.Columns.Select(column => column.Length <= LongestColumn ? column : column[..LongestColumn] + "…"), MostCharacters / 2);
        var keys = Fitting(view.Keys ?? [], MostCharacters / 8);
        var cut = view with { Columns = columns, Keys = keys, ReferencedBy = null, Indexes = null, Comment = null };
        return new(graph.Tables.Count, [cut], [], Hint: string.Create(CultureInfo.InvariantCulture,
            $"The table is too large to show whole: {columns.Count} of its {view.Columns.Count} columns are here, shortened, without indexes. Read information_schema.columns for the others."));
    }

    private static List<string> Fitting(IEnumerable<string> texts, int room)
    {
        var fitting = new List<string>();
        foreach (var text in texts)
        {
            room -= text.Length;
            if (room < 0) break;
            fitting.Add(text);
        }

        return fitting;
    }

    private static IReadOnlyList<SchemaTable> Chosen(SchemaGraph graph, string? table)
    {
        if (string.IsNullOrEmpty(table)) return graph.Tables;
        if (graph.Find(table) is { } exact) return [exact];
        var part = graph.Tables.Where(one => one.FullName.Contains(table, StringComparison.OrdinalIgnoreCase)).ToList();
        if (part.Count > 0) return part;
        var near = NearNames.Of(table, graph.Tables.Select(one => one.Name));
        throw new NexusException(
            "TABLE_NOT_FOUND", "The database has no such table.",
            near.Count == 0 ? "Leave table out to see what there is." : $"Near to it: {string.Join(", ", near)}.", "table");
    }

    private static int Start(string? cursor) => cursor is null ? 0
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start
        : throw new NexusException("INVALID_CURSOR", "cursor is not one that this list gave.", "Start again without a cursor.", "cursor");
}
