using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nexus.Mcp.Tools;

/// <summary>
/// Takes out of a generated schema what says nothing here: an argument or a member that may be absent is never null, so neither
/// the type null nor the default null is of use. An agent pays for each word of it.
/// </summary>
internal static class SchemaTidy
{
    private static readonly string[] AllTypes = ["string", "number", "boolean", "null", "array", "object"];

    /// <summary>Arguments: nothing but what is named is taken.</summary>
    public static JsonElement Input(JsonElement schema)
    {
        var root = JsonNode.Parse(schema.GetRawText())!.AsObject();
        Tidy(root, forArguments: true);
        Close(root);
        return JsonSerializer.SerializeToElement(root);
    }

    /// <summary>
    /// Results: the format of an id or a time shows in itself, and so does which of some words it is, and whether a member is there.
    /// </summary>
    public static JsonElement Output(JsonElement schema)
    {
        var root = JsonNode.Parse(schema.GetRawText())!.AsObject();
        Tidy(root, forArguments: false);
        return JsonSerializer.SerializeToElement(root);
    }

    private static void Tidy(JsonNode? node, bool forArguments)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Tidy(item, forArguments);
            return;
        }

        if (node is not JsonObject schema) return;
        if (schema.TryGetPropertyValue("default", out var value) && SaysNothing(value)) schema.Remove("default");
        if (!forArguments && schema["format"] is JsonValue) schema.Remove("format");
        if (!forArguments && schema["enum"] is JsonArray) schema.Remove("enum");
        if (!forArguments && schema["required"] is JsonArray) schema.Remove("required");
        if (schema["type"] is JsonArray types) schema["type"] = WithoutNull(types);
        if (schema["enum"] is JsonArray members) schema["enum"] = new JsonArray([.. members.Where(one => one is not null).Select(one => one!.DeepClone())]);
        foreach (var (name, child) in schema.ToList())
        {
            Tidy(child, forArguments);
            // Any value at all; readers of schemas want to see that it was meant.
            if (IsAnything(name, child)) schema[name] = Anything();
        }
    }

    /// <summary>What is left out is false anyway.</summary>
    private static bool SaysNothing(JsonNode? value) => value is null || value.GetValueKind() == JsonValueKind.False;

    /// <summary>Also the objects within it; those that are maps say what their values are.</summary>
    private static void Close(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject members) return;
        schema["additionalProperties"] = false;
        foreach (var (_, member) in members)
            if (member is JsonObject child) Close(child);
    }

    private static bool IsAnything(string name, JsonNode? child) =>
        (name == "items" && child is JsonObject { Count: 0 })
        || (child?.GetValueKind() == JsonValueKind.True && name is not "default" and not "additionalProperties");

    private static JsonObject Anything() =>
        new() { ["anyOf"] = new JsonArray([.. AllTypes.Select(type => new JsonObject { ["type"] = type })]) };

    private static JsonNode WithoutNull(JsonArray types)
    {
        var kept = types.Select(type => (string)type!).Where(type => type != "null").ToArray();
        return kept.Length == 1 ? JsonValue.Create(kept[0]) : new JsonArray([.. kept.Select(type => JsonValue.Create(type))]);
    }
}
