using System.Text.Json;

namespace Nexus.Core.Databases.Fixes.Models;

/// <summary>Reads what a model answered, which may be anything.</summary>
internal static class ModelAnswer
{
    private const int LongestSql = 8192;
    private const int LongestExplanation = 600;

    /// <summary>Null where it is no statement.</summary>
    public static FixDraft? Read(string text, string model)
    {
        // Some put their JSON into a fence, or a word before it.
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start) return null;
        try
        {
            using var json = JsonDocument.Parse(text[start..(end + 1)]);
            return Text(json.RootElement, "sql") is { Length: > 0 and <= LongestSql } sql
                ? new(sql, Explanation(Text(json.RootElement, "explanation"), model), [$"drafted by the model {model}"])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Explanation(string? said, string model)
    {
        var plain = string.Concat((said ?? "").Take(LongestExplanation).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return plain.Length > 0 ? $"{model} says: {plain}" : $"{model} gave no reason.";
    }
}
