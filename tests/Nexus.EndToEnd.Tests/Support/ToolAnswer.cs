using System.Text.Json;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>The result of a tool call, as the client under test gives it to its agent.</summary>
internal sealed record ToolAnswer(JsonElement Result)
{
    public bool IsError => Result.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True;

    /// <summary>What a successful call gave.</summary>
    public JsonElement Data
    {
        get
        {
            IsError.Should().BeFalse("the call should succeed: {0}", Result);
            return Result.GetProperty("structuredContent");
        }
    }

    /// <summary>The code of a failed call.</summary>
    public string ErrorCode
    {
        get
        {
            IsError.Should().BeTrue("the call should fail: {0}", Result);
            return JsonDocument.Parse(Text).RootElement.GetProperty("error").GetProperty("code").GetString()!;
        }
    }

    private string Text => Result.GetProperty("content")[0].GetProperty("text").GetString()!;
}
