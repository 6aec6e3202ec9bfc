using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Nexus.Mcp.Tests.Support;

/// <summary>Holds results against the output schemas that the server lists.</summary>
public static class OutputSchemas
{
    /// <summary>Calls a tool, which must succeed, and holds what it gives against its output schema.</summary>
    public static async Task<JsonElement> DoAsync(this McpServerFixture server, string tool, object? arguments = null)
    {
        var result = await server.CallAsync(tool, arguments);
        await server.ShouldFitAsync(tool, result);
        return result;
    }

    /// <summary>Fails where the result doesn't fit, or has a member that the schema doesn't tell of.</summary>
    public static async Task ShouldFitAsync(this McpServerFixture server, string tool, JsonElement result)
    {
        var tools = JsonNode.Parse((await server.PostAsync(Messages.ListTools)).Text)!["result"]!["tools"]!.AsArray();
        var schema = tools.Single(one => one!["name"]!.GetValue<string>() == tool)!["outputSchema"]!.DeepClone();
        Close(schema);

        var problems = (await JsonSchema.FromJsonAsync(schema.ToJsonString())).Validate(result.GetRawText());

        problems.Should().BeEmpty("{0} should fit the output schema of {1}", result, tool);
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Close(item);
        }

        if (node is not JsonObject schema) return;
        foreach (var (_, child) in schema.ToList()) Close(child);
        if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties")) schema["additionalProperties"] = false;
    }
}
