using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Nexus.Core.Databases.Queries;

/// <summary>Writes PostgreSQL's text of a value as the JSON that loses nothing of it.</summary>
internal static class ValueWriter
{
    /// <summary>JSON nested deeper than this is given as text: what writes the answer has a limit too.</summary>
    private const int DeepestJson = 32;

    private const long MostExact = 1L << 53;
    private const int ExactDigits = 15;

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> text, ColumnType type)
    {
        if (type.IsArray) WriteArray(json, text, type.Kind);
        else WriteOne(json, text, type.Kind);
    }

    private static void WriteArray(Utf8JsonWriter json, ReadOnlySpan<byte> text, ValueKind kind)
    {
        var array = new ArrayText(text);
        while (array.Next(out var value) is not ArrayToken.End and var token)
        {
            switch (token)
            {
                case ArrayToken.Open:
                    json.WriteStartArray();
                    break;
                case ArrayToken.Close:
                    json.WriteEndArray();
                    break;
                case ArrayToken.Null:
                    json.WriteNullValue();
                    break;
                default:
                    WriteOne(json, value, kind);
                    break;
            }
        }
    }

    private static void WriteOne(Utf8JsonWriter json, ReadOnlySpan<byte> text, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.Boolean:
                json.WriteBooleanValue(text is [(byte)'t', ..]);
                break;
            case ValueKind.Integer when Utf8Parser.TryParse(text, out long whole, out _) && whole is >= -MostExact and <= MostExact:
                json.WriteNumberValue(whole);
                break;
            case ValueKind.Float when IsFinite(text):
            case ValueKind.Numeric when IsFinite(text) && IsExact(text):
                json.WriteRawValue(text);
                break;
            case ValueKind.Bytes when text is [(byte)'\\', (byte)'x', .. var digits]:
                json.WriteBase64StringValue(Convert.FromHexString(Encoding.ASCII.GetString(digits)));
                break;
            case ValueKind.Timestamp or ValueKind.TimestampWithZone:
                json.WriteStringValue(Iso(Encoding.UTF8.GetString(text), kind));
                break;
            case ValueKind.Json when IsShallowJson(text):
                json.WriteRawValue(text, skipInputValidation: true);
                break;
            default:
                json.WriteStringValue(Encoding.UTF8.GetString(text));
                break;
        }
    }

    /// <summary>NaN and the infinities are no JSON.</summary>
    private static bool IsFinite(ReadOnlySpan<byte> text) => !text.IsEmpty && text[^1] is >= (byte)'0' and <= (byte)'9';

    /// <summary>Whether a double holds it: 15 significant digits always fit.</summary>
    private static bool IsExact(ReadOnlySpan<byte> text) =>
        Encoding.ASCII.GetString(text).Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length <= ExactDigits;

    /// <summary>The server writes times in ISO 8601 but for the T, and in UTC as it was told.</summary>
    private static string Iso(string text, ValueKind kind)
    {
        if (text.Length < 19 || text[10] != ' ' || text.EndsWith(" BC", StringComparison.Ordinal)) return text;
        var iso = $"{text[..10]}T{text[11..]}";
        return kind == ValueKind.TimestampWithZone && iso.EndsWith("+00", StringComparison.Ordinal) ? iso[..^3] + "Z" : iso;
    }

    private static bool IsShallowJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestJson });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
