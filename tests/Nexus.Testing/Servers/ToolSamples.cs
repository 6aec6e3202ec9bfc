using System.Text.Json.Nodes;

namespace Nexus.Testing;

/// <summary>
/// Arguments that any listed tool takes, made of its schema, so that walks over the catalog reach tools that nobody here has heard
/// of. They name things that aren't there, and change nothing.
/// </summary>
public static class ToolSamples
{
    private static readonly Dictionary<string, JsonNode> Known = new()
    {
        ["image"] = "nginx:1.27",
        ["port"] = 80,
        ["repoUrl"] = "https://git.example.com/acme/web.git",
        ["sql"] = "SELECT 1",
        ["host"] = "192.0.2.1",
        ["domain"] = "shop.example.com",
        ["name"] = "SAMPLE",
        ["replicas"] = 2,
    };

    /// <summary>The required arguments, and a dry run where there is one.</summary>
    public static JsonObject For(JsonNode tool)
    {
        var schema = tool["inputSchema"]!;
        var properties = schema["properties"]?.AsObject() ?? [];
        var sample = new JsonObject();
        foreach (var name in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()))
            sample[name] = Known.TryGetValue(name, out var known) ? known.DeepClone() : Of(properties[name]!);
        if (properties.ContainsKey("dryRun")) sample["dryRun"] = true;
        return sample;
    }

    private static JsonNode Of(JsonNode schema) => schema["type"]!.GetValue<string>() switch
    {
        _ when schema["enum"] is JsonArray members => members[0]!.DeepClone(),
        "string" when schema["format"]?.GetValue<string>() == "uuid" => Guid.NewGuid().ToString(),
        "string" when schema["format"]?.GetValue<string>() == "date-time" => DateTimeOffset.UnixEpoch.ToString("O"),
        "string" => "sample",
        "integer" => schema["minimum"]?.GetValue<int>() ?? 1,
        "boolean" => false,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        var other => throw new NotSupportedException($"No argument has been of the type {other} so far."),
    };
}
