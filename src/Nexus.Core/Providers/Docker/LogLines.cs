using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Puts lines together from the pieces of one output stream. A program may write anything: bytes that are no text become
/// the replacement character, colours are taken out, and what is longer than the engine's own piece is cut there.
/// </summary>
internal sealed partial class LogLines(string stream)
{
    /// <summary>The engine splits longer lines into pieces of this size, each with a time of its own.</summary>
    private const int LongestText = 16 * 1024;

    /// <summary>Room for the time that the engine puts before the text.</summary>
    private const int LongestLine = LongestText + 64;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly List<LogLine> _lines = [];
    private bool _isCut;

    public void Add(ReadOnlySpan<byte> piece)
    {
        for (var end = piece.IndexOf((byte)'\n'); end >= 0; end = piece.IndexOf((byte)'\n'))
        {
            Append(piece[..end]);
            EndLine();
            piece = piece[(end + 1)..];
        }

        Append(piece);
    }

    /// <summary>All lines, with what came after the last line feed.</summary>
    public IReadOnlyList<LogLine> Complete()
    {
        if (_line.WrittenCount > 0) EndLine();
        return _lines;
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        var room = LongestLine - _line.WrittenCount;
        _isCut |= piece.Length > room;
        _line.Write(piece.Length > room ? piece[..room] : piece);
    }

    private void EndLine()
    {
        var line = Encoding.UTF8.GetString(_line.WrittenSpan);
        _line.ResetWrittenCount();
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && TryReadTime(line[..space], out var at))
            _lines.Add(new LogLine(at, stream, Readable(line[(space + 1)..], _isCut)));
        _isCut = false;
    }

    /// <summary>
    /// The engine writes nanoseconds, a tick has a hundred. Cut, not rounded: a time rounded up, given back as the beginning of a
    /// range, would leave its own line out.
    /// </summary>
    private static bool TryReadTime(string text, out DateTimeOffset at) => DateTimeOffset.TryParse(
        text.Length == "2026-01-31T12:00:00.123456789Z".Length ? text[..^3] + "Z" : text,
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static string Readable(string text, bool isCut)
    {
        text = Colours().Replace(text, "").TrimEnd('\r');
        text = Unprintable().Replace(text, "�");
        if (text.Length > LongestText) (text, isCut) = (text[..LongestText], true);
        return isCut ? text + "… (line cut)" : text;
    }

    /// <summary>ECMA-48 control sequences: colours, cursor movements.</summary>
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex Colours();

    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f]")]
    private static partial Regex Unprintable();
}
