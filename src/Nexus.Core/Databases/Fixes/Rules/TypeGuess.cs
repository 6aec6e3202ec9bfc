using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Decides which type a new column is to have: as its neighbours have it, else as its value looks, else as its name sounds.</summary>
internal static class TypeGuess
{
    private static readonly string[] Booleans = ["active", "enabled", "disabled", "deleted", "verified", "archived", "published", "completed", "done", "visible"];
    private static readonly string[] Integers = ["count", "quantity", "qty", "position", "age", "year", "size", "score", "rank", "level", "attempts", "version", "stock"];
    private static readonly string[] Numerics = ["price", "amount", "total", "cost", "balance", "tax", "rate", "discount", "fee", "subtotal", "weight", "lat", "lng"];
    private static readonly string[] Documents = ["data", "metadata", "settings", "payload", "config", "options", "preferences", "properties"];

    /// <summary>The type, and where it is from.</summary>
    public static (string Type, string Why) Of(UsedColumn column, SchemaGraph graph)
    {
        var columns = graph.Tables.Where(table => table.Kind == SchemaTableKind.Table).SelectMany(table => table.Columns).ToList();
        if (Vote(columns.Where(one => Words.Folded(one.Name) == Words.Folded(column.Name)), column.Shape) is { } same)
            return (same, $"other tables have {column.Name} as {same}");
        if (column.Shape is ValueShape.Uuid) return ("uuid", "its value looks like one");
        if (Vote(columns.Where(one => Words.Last(one.Name) == Words.Last(column.Name)), column.Shape) is { } alike)
            return (alike, $"columns that end in {Words.Last(column.Name)} are {alike} here");
        return Named(column.Name) is { } named && Fits(named, column.Shape) ? (named, "its name sounds like it")
            : column.Shape == ValueShape.Unknown ? ("text", "nothing tells more of it") : (Shaped(column.Shape), "its value looks like it");
    }

    private static string? Vote(IEnumerable<SchemaColumn> columns, ValueShape shape) => columns
        .Where(one => Fits(one.Type, shape))
        .GroupBy(one => one.Type)
        .OrderByDescending(type => type.Count()).ThenBy(type => type.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>Whether a value of this shape can be kept in the type.</summary>
    private static bool Fits(string type, ValueShape shape) => shape switch
    {
        ValueShape.Unknown => true,
        ValueShape.Integer => IsNumber(type),
        ValueShape.Decimal => type.StartsWith("numeric", StringComparison.Ordinal) || type is "real" or "double precision" or "money",
        ValueShape.Boolean => type == "boolean",
        ValueShape.Uuid => type is "uuid" || IsText(type),
        ValueShape.Time => type == "date" || type.StartsWith("timestamp", StringComparison.Ordinal),
        ValueShape.Json => type is "json" or "jsonb" || IsText(type),
        _ => !IsNumber(type) && type is not ("boolean" or "uuid" or "json" or "jsonb" or "date") && !type.StartsWith("timestamp", StringComparison.Ordinal),
    };

    private static bool IsNumber(string type) =>
        type is "smallint" or "integer" or "bigint" or "real" or "double precision" or "money" || type.StartsWith("numeric", StringComparison.Ordinal);

    private static bool IsText(string type) => type == "text" || type.StartsWith("character", StringComparison.Ordinal);

    private static string? Named(string name)
    {
        var last = Words.Last(name);
        return last == "at" ? "timestamp with time zone"
            : last is "on" or "date" or "birthday" ? "date"
            : name.StartsWith("is_", StringComparison.Ordinal) || name.StartsWith("has_", StringComparison.Ordinal) || Booleans.Contains(last) ? "boolean"
            : last == "id" ? "bigint"
            : last is "uuid" or "guid" ? "uuid"
            : Integers.Contains(last) ? "integer"
            : Numerics.Contains(last) ? "numeric"
            : Documents.Contains(last) ? "jsonb"
            : null;
    }

    private static string Shaped(ValueShape shape) => shape switch
    {
        ValueShape.Integer => "bigint",
        ValueShape.Decimal => "numeric",
        ValueShape.Boolean => "boolean",
        ValueShape.Uuid => "uuid",
        ValueShape.Time => "timestamp with time zone",
        ValueShape.Json => "jsonb",
        _ => "text",
    };
}
