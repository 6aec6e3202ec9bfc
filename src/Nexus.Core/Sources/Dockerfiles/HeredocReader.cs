using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>Finds the here-documents that a line begins and reads them from the lines that follow (BuildKit's heredocsFromLine).</summary>
internal static partial class HeredocReader
{
    public static IReadOnlyList<Heredoc> Read(string text, SourceLines lines, int first)
    {
        if (!text.Contains("<<", StringComparison.Ordinal)) return [];
        var found = new List<Heredoc>();
        foreach (var word in Words.Split(text))
            if (Begin(word) is { } heredoc)
                found.Add(heredoc with { Content = Content(heredoc, lines, first) });
        return found;
    }

    private static Heredoc? Begin(string word)
    {
        var match = Pattern().Match(word);
        if (!match.Success) return null;
        var written = match.Groups["name"].Value;
        var name = Words.Unquote(written);
        return name.Length == 0 ? null : new(name, match.Groups["chomp"].Length > 0, Expand: name == written, "");
    }

    private static string Content(Heredoc heredoc, SourceLines lines, int first)
    {
        var content = new StringBuilder();
        while (lines.TryNext(out var line))
        {
            if ((heredoc.Chomp ? line.TrimStart('\t') : line) == heredoc.Name) return content.ToString();
            content.Append(line).Append('\n');
        }

        throw new DockerfileException(first, $"the here-document {Shown.Of(heredoc.Name)} has no end");
    }

    [GeneratedRegex(@"\A\d*<<(?<chomp>-?)(?<name>[^<]*)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
