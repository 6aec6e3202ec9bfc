using System.Text;

namespace Nexus.Mcp.Transport;

/// <summary>
/// The result of a tool that succeeded, from its JSON, which is in it twice: as a text for older clients, and as structured content.
/// </summary>
internal static class ToolAnswer
{
    private static ReadOnlySpan<byte> BeforeText => "{\"content\":[{\"type\":\"text\",\"text\":\""u8;

    private static ReadOnlySpan<byte> BetweenThem => "\"}],\"structuredContent\":"u8;

    /// <summary>As the SDK would write it.</summary>
    /// <param name="json">An object, in ASCII alone: of other letters <see cref="LegibleJson"/> decides which are shown.</param>
    /// <param name="further">Further members of the result as JSON, each after a comma.</param>
    public static byte[] Write(string json, ReadOnlySpan<byte> further)
    {
        var escapes = json.AsSpan().Count('"') + json.AsSpan().Count('\\');
        var answer = new byte[BeforeText.Length + json.Length + escapes + BetweenThem.Length + json.Length + further.Length + 1];
        var (text, structured) = (BeforeText.Length, answer.Length - 1 - further.Length - json.Length);
        BeforeText.CopyTo(answer);
        BetweenThem.CopyTo(answer.AsSpan(structured - BetweenThem.Length));
        Encoding.ASCII.GetBytes(json, answer.AsSpan(structured));
        WriteEscaped(answer.AsSpan(structured, json.Length), answer.AsSpan(text));
        further.CopyTo(answer.AsSpan(structured + json.Length));
        answer[^1] = (byte)'}';
        return answer;
    }

    // Of what a string can't hold JSON has these two alone: it is escaped itself.
    private static void WriteEscaped(ReadOnlySpan<byte> json, Span<byte> target)
    {
        while (json.IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var at)
        {
            json[..at].CopyTo(target);
            (target[at], target[at + 1]) = ((byte)'\\', json[at]);
            json = json[(at + 1)..];
            target = target[(at + 2)..];
        }

        json.CopyTo(target);
    }
}
