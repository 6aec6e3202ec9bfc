using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Nexus.Core.Databases.Queries;

/// <summary>
/// Binds JSON values to <c>$1</c>, <c>$2</c> …, as text whose type the server finds in the statement. An array becomes an array of
/// PostgreSQL's; JSON for a column of that type comes as an object or as text.
/// </summary>
internal static class QueryParameters
{
    public static void Bind(NpgsqlCommand command, IReadOnlyList<JsonElement> values)
    {
        if (values.Count > QueryLimits.MostParameters)
        {
            throw new NexusException(
                "INVALID_ARGUMENTS", $"params has {values.Count} values; {QueryLimits.MostParameters} are the most.", "Use an array and ANY($1).", "params");
        }

        foreach (var value in values) command.Parameters.Add(Parameter(value));
        // With a positional parameter, used or not, the driver leaves the statement alone: no parsing, no splitting at semicolons.
        if (values.Count == 0) command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 0 });
    }

    private static NpgsqlParameter Parameter(JsonElement value) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Unknown,
        Value = Text(value) is { } text ? text : DBNull.Value,
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => Checked(value.GetString()!),
        JsonValueKind.Array => Array(value),
        _ => value.GetRawText(),
    };

    private static string Array(JsonElement array)
    {
        var text = new StringBuilder("{");
        foreach (var item in array.EnumerateArray())
        {
            if (text.Length > 1) text.Append(',');
            if (item.ValueKind == JsonValueKind.Array) text.Append(Array(item));
            else if (Text(item) is { } one) text.Append('"').Append(one.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
            else text.Append("NULL");
        }

        return text.Append('}').ToString();
    }

    private static string Checked(string text) => text.Contains('\0')
        ? throw new NexusException("INVALID_ARGUMENTS", "A parameter has a NUL character, which PostgreSQL can't hold.", "Leave it out.", "params")
        : text;
}
