using System.Text.Json;
using System.Text.Unicode;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Whether each string of a JSON text is Unicode. System.Text.Json looks at that only when a string is read, and then throws
/// something that is no <see cref="JsonException"/>.
/// </summary>
internal static class JsonText
{
    public static bool IsWellFormed(ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json) && (json.IndexOf("\\u"u8) < 0 || EscapesAreWhole(json));

    // RFC 8259 §8.2: an escaped lone surrogate is grammatical and means nothing.
    private static bool EscapesAreWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }

            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return false;
        }
    }
}
