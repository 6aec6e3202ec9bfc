using Nexus.Core.Sources.Dockerfiles.Shell;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>The names of the files that a download leaves behind.</summary>
internal static class FetchedFiles
{
    public static IEnumerable<string> Of(IReadOnlyList<ShellWord> operands)
    {
        for (var index = 0; index < operands.Count; index++)
        {
            var text = operands[index].Text;
            var next = index + 1 < operands.Count ? operands[index + 1].Text : "";
            if (text is ">" or ">>" or "--output" or "--output-document" || IsShortOption(text)) yield return Name(next);
            else if (text.StartsWith('>')) yield return Name(text.TrimStart('>'));
            else if (text.StartsWith("--output", StringComparison.Ordinal)) yield return Name(text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            else if (text.Contains("://", StringComparison.Ordinal)) yield return Name(text.Split('?', '#')[0]);
        }
    }

    /// <summary><c>-o</c>, <c>-O</c>, also among others as in <c>-fsSLo</c>.</summary>
    private static bool IsShortOption(string text) => text.Length > 1 && text[0] == '-' && text[1] != '-' && text[^1] is 'o' or 'O';

    private static string Name(string path) => ShellWords.BaseName(path) is { Length: > 0 } name ? name : "/";
}
