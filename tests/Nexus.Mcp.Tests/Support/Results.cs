using System.Text.Json;

namespace Nexus.Mcp.Tests.Support;

/// <summary>Tool calls and what they give, as the contract wants it.</summary>
public static class Results
{
    /// <summary>Calls a tool that must succeed, and gives its structured content.</summary>
    public static async Task<JsonElement> CallAsync(this McpServerFixture server, string tool, object? arguments = null, string? token = null)
    {
        var result = (await server.PostAsync(Messages.Call(tool, arguments), token)).Json.GetProperty("result");
        result.TryGetProperty("isError", out var isError).Should().BeFalse("{0} should succeed: {1}", tool, result);
        var structured = result.GetProperty("structuredContent");
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, structured).Should().BeTrue();
        text.Should().StartWith("{\"").And.NotContain("\":\n").And.NotContain("\": ", "the text is compact");
        return structured;
    }

    /// <summary>Calls a tool that must fail, and gives its error.</summary>
    public static async Task<ToolFailure> FailAsync(this McpServerFixture server, string tool, object? arguments = null, string? token = null)
    {
        var answer = await server.PostAsync(Messages.Call(tool, arguments), token);
        var result = answer.Json.GetProperty("result");
        result.GetProperty("isError").GetBoolean().Should().BeTrue();
        result.TryGetProperty("structuredContent", out _).Should().BeFalse("the TypeScript SDK 1.x would hold it against the output schema");
        var error = JsonDocument.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!).RootElement.GetProperty("error");
        return new(Member(error, "code")!, Member(error, "message")!, Member(error, "hint"), Member(error, "field"), result);
    }

    private static string? Member(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>A tool error, taken apart.</summary>
public sealed record ToolFailure(string Code, string Message, string? Hint, string? Field, JsonElement Result);
