using System.Text.Json;

namespace Nexus.Mcp.Calls;

/// <summary>Checks a value against the part of JSON Schema that the tools' input schemas use.</summary>
internal static class SchemaCheck
{
    public static void Collect(JsonElement schema, JsonElement value, string path, List<ArgumentProblem> problems)
    {
        if (!Fits(schema, value))
        {
            problems.Add(new(path, $"{path} must be {SchemaWords.Of(schema)}, not {Came(schema, value)}"));
            return;
        }

        // No database and no environment variable holds one.
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('\0'))
            problems.Add(new(path, $"{path} must not contain a NUL character"));

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index()) Collect(items, item, $"{path}[{index}]", problems);
        }

        if (value.ValueKind != JsonValueKind.Object || TakesAnything(schema)) return;
        // A null stands for what is left out, or in a map for what is to go.
        foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            CollectMember(schema, member, $"{path}.{SchemaWords.Shorten(member.Name)}", problems);
    }

    private static void CollectMember(JsonElement schema, JsonProperty member, string path, List<ArgumentProblem> problems)
    {
        var isMap = schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object;
        if (schema.TryGetProperty("properties", out var members) && members.TryGetProperty(member.Name, out var known))
            Collect(known, member.Value, path, problems);
        else if (isMap)
            Collect(values, member.Value, path, problems);
        else
            problems.Add(new(path, $"{path} is not known{SchemaWords.Suggest(member.Name, Names(members))}"));
    }

    private static IEnumerable<string> Names(JsonElement members) =>
        members.ValueKind == JsonValueKind.Object ? members.EnumerateObject().Select(member => member.Name) : [];

    private static bool Fits(JsonElement schema, JsonElement value) =>
        HasType(schema, value)
        && (!schema.TryGetProperty("enum", out var members) || members.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        && IsWithin(schema, "minimum", "maximum", value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null)
        && IsWithin(schema, "minLength", "maxLength", value.ValueKind == JsonValueKind.String ? value.GetString()!.Length : null)
        && HasFormat(schema, value);

    private static bool TakesAnything(JsonElement schema) => !schema.TryGetProperty("type", out _);

    private static bool HasType(JsonElement schema, JsonElement value) =>
        TakesAnything(schema) || schema.GetProperty("type").GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            var other => throw new NotSupportedException($"No argument has been of the type {other} so far."),
        };

    private static bool IsWithin(JsonElement schema, string least, string most, double? measure) =>
        measure is null
        || ((!schema.TryGetProperty(least, out var minimum) || measure >= minimum.GetDouble())
            && (!schema.TryGetProperty(most, out var maximum) || measure <= maximum.GetDouble()));

    private static bool HasFormat(JsonElement schema, JsonElement value) =>
        !schema.TryGetProperty("format", out var format) || format.GetString() switch
        {
            "uuid" => value.TryGetGuid(out _),
            "date-time" => value.TryGetDateTimeOffset(out _),
            var other => throw new NotSupportedException($"No argument has had the format {other} so far."),
        };

    // Never the value of free text: it may be somebody's secret.
    private static string Came(JsonElement schema, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText() is { Length: <= 20 } number ? number : "a number",
        JsonValueKind.String when schema.TryGetProperty("enum", out _) => $"\"{SchemaWords.Shorten(value.GetString()!)}\"",
        JsonValueKind.String when schema.TryGetProperty("maxLength", out _) => $"a string of {value.GetString()!.Length} characters",
        JsonValueKind.String when schema.TryGetProperty("format", out _) => "another text",
        _ => JsonKinds.NameOf(value.ValueKind),
    };
}
