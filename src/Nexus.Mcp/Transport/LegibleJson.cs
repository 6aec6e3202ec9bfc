using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol;

namespace Nexus.Mcp.Transport;

/// <summary>
/// The same JSON with as few escapes as it needs: the SDK writes each quotation mark of a tool's text, and each letter beyond
/// ASCII, as six characters.
/// </summary>
internal static class LegibleJson
{
    private const int Escape = 6; // \u0022

    private static readonly JsonSerializerOptions FewEscapes = new(McpJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as the SDK would write it, made legible.</summary>
    public static ReadOnlyMemory<byte> Serialize<T>(T value)
    {
        // Of ASCII that encoder escapes what must be, and nothing else. Beyond, it lets some through that can't be seen.
        var json = JsonSerializer.SerializeToUtf8Bytes(value, FewEscapes);
        if (Ascii.IsValid(json)) return json;
        json = JsonSerializer.SerializeToUtf8Bytes(value, McpJsonUtilities.DefaultOptions);
        return json.AsMemory(0, Write(json, json));
    }

    /// <summary>Writes well-formed <paramref name="json"/> to <paramref name="target"/>, which must have room for as much or be the same, and returns the length.</summary>
    public static int Write(ReadOnlySpan<byte> json, Span<byte> target)
    {
        var written = 0;
        while (json.IndexOf((byte)'\\') is >= 0 and var at)
        {
            json[..at].CopyTo(target[written..]);
            written += at;
            json = json[at..];
            var (taken, length) = WriteEscape(json, target[written..]);
            written += length;
            json = json[taken..];
        }

        json.CopyTo(target[written..]);
        return written + json.Length;
    }

    private static (int Taken, int Written) WriteEscape(ReadOnlySpan<byte> json, Span<byte> target)
    {
        if (json[1] != 'u') return Keep(2, json, target);
        var (rune, taken) = Decode(json);
        if (rune is not { } letter || !IsLegible(letter)) return Keep(taken, json, target);
        if (letter.Value is not ('"' or '\\')) return (taken, letter.EncodeToUtf8(target));
        (target[0], target[1]) = ((byte)'\\', (byte)letter.Value);
        return (taken, 2);
    }

    private static (int Taken, int Written) Keep(int length, ReadOnlySpan<byte> json, Span<byte> target)
    {
        json[..length].CopyTo(target);
        return (length, length);
    }

    /// <summary>None for half a surrogate pair.</summary>
    private static (Rune? Rune, int Taken) Decode(ReadOnlySpan<byte> json)
    {
        var unit = Unit(json);
        if (Rune.TryCreate(unit, out var rune)) return (rune, Escape);
        return json.Length >= 2 * Escape && json[Escape..].StartsWith("\\u"u8) && Rune.TryCreate(unit, Unit(json[Escape..]), out var pair)
            ? (pair, 2 * Escape)
            : (null, Escape);
    }

    private static char Unit(ReadOnlySpan<byte> json) =>
        Utf8Parser.TryParse(json.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';

    /// <summary>Not what moves the cursor, turns the direction of a line or can't be seen.</summary>
    private static bool IsLegible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
