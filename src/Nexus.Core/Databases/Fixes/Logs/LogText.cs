using System.Text.RegularExpressions;

namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>
/// A log as lines of plain text, of bounded size: its end, without colours and control characters, and with what JSON or a debugger
/// has escaped as it was.
/// </summary>
internal sealed class LogText
{
    internal const int MostCharacters = 256 * 1024;
    internal const int MostLines = 4000;
    private const int LongestLine = 8000;

    // Colours of terminals: ECMA-48 §5.4.
    private static readonly Regex Colours = new("\u001b\\[[0-9;?]*[A-Za-z]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private LogText(IReadOnlyList<string> lines) => Lines = lines;

    public IReadOnlyList<string> Lines { get; }

    public static LogText Of(string log)
    {
        var end = log.Length <= MostCharacters ? log : log[^MostCharacters..];
        var plain = Colours.Replace(end, "")
            .Replace("\\r\\n", "\n", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\t", " ", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\'", "'", StringComparison.Ordinal);
        return new([.. plain.Split('\n').TakeLast(MostLines).Select(Clean)]);
    }

    /// <summary>The lines from one to another, as far as there are any.</summary>
    public IEnumerable<string> Between(int first, int last) =>
        Lines.Skip(Math.Max(0, first)).Take(Math.Max(0, last - Math.Max(0, first) + 1));

    private static string Clean(string line)
    {
        var cut = line.Length <= LongestLine ? line : line[..LongestLine];
        return string.Concat(cut.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).TrimEnd();
    }
}
