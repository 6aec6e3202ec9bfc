using System.Text.Json;

namespace Nexus.Mcp.Calls;

/// <summary>Says in words what a schema wants.</summary>
internal static class SchemaWords
{
    public static string Of(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var members))
            return "one of " + string.Join(", ", members.EnumerateArray().Select(member => member.GetString()));
        if (schema.TryGetProperty("format", out var format))
            return format.GetString() == "uuid" ? "an id (UUID)" : "a time (ISO 8601)";
        return schema.TryGetProperty("type", out var type) ? Of(type.GetString()!, schema) : "any value";
    }

    /// <summary>Cuts what a caller made up to a length that suits a message.</summary>
    public static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    /// <summary>The name that was probably meant, to go at the end of a message; empty where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known) =>
        Nearest.To(name, known) is { } nearest ? $" (did you mean {nearest}?)" : "";

    private static string Of(string type, JsonElement schema) => type switch
    {
        "integer" => "a whole number" + Range(schema, "minimum", "maximum", ""),
        "string" => "a string" + Range(schema, "minLength", "maxLength", " characters"),
        "object" when schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object =>
            $"an object, each value {Of(values)}",
        "array" when schema.TryGetProperty("items", out var items) => $"an array, each item {Of(items)}",
        "object" or "array" => "an " + type,
        _ => "a " + type,
    };

    private static string Range(JsonElement schema, string least, string most, string unit) =>
        (Number(schema, least), Number(schema, most)) switch
        {
            ({ } minimum, { } maximum) => $" from {minimum} to {maximum}{unit}",
            ({ } minimum, null) => $" from {minimum}{unit}",
            (null, { } maximum) => $" up to {maximum}{unit}",
            _ => "",
        };

    private static string? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var number) ? number.GetRawText() : null;
}
