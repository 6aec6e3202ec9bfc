using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>What follows the name in <c>${name…}</c>: defaults, alternatives, demands, and the removal or replacement of patterns.</summary>
internal static class Modifier
{
    private const int LongestPattern = 512;

    public static string Apply(string? value, string text, Func<string, string> expand, int line)
    {
        // With a colon an empty value counts as none.
        var strict = text[0] == ':';
        var current = strict && value?.Length == 0 ? null : value;
        if (strict && text.Length < 2) throw new DockerfileException(line, "a ${…} can't be read");
        var word = text[(strict ? 2 : 1)..];
        return (strict ? text[1] : text[0], strict) switch
        {
            ('-', _) => current ?? expand(word),
            ('+', _) => current is null ? "" : expand(word),
            ('?', _) => current ?? throw new DockerfileException(line, $"a variable that is needed isn't set: {Shown.Of(word)}"),
            ('#', false) => WithoutPrefix(value ?? "", expand, word, line),
            ('%', false) => WithoutSuffix(value ?? "", expand, word, line),
            ('/', false) => Replaced(value ?? "", expand, word, line),
            _ => throw new DockerfileException(line, $"unsupported modifier in a variable: {Shown.Of(text)}"),
        };
    }

    private static string WithoutPrefix(string value, Func<string, string> expand, string word, int line)
    {
        var greedy = word.StartsWith('#');
        return Matching("^" + Glob(expand(greedy ? word[1..] : word), greedy, line)).Replace(value, "", 1);
    }

    /// <summary>The shortest match at the end is the shortest at the start of both reversed.</summary>
    private static string WithoutSuffix(string value, Func<string, string> expand, string word, int line)
    {
        var greedy = word.StartsWith('%');
        var pattern = Matching("^" + Glob(expand(greedy ? word[1..] : word), greedy, line, reversed: true));
        return Reverse(pattern.Replace(Reverse(value), "", 1));
    }

    private static string Replaced(string value, Func<string, string> expand, string word, int line)
    {
        var all = word.StartsWith('/');
        if (all) word = word[1..];
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw new DockerfileException(line, "a replacement in a variable needs a second /");
        var replacement = expand(word[(slash + 1)..]);
        var pattern = Matching(Glob(expand(word[..slash]), greedy: true, line));
        return pattern.Replace(value, _ => replacement, all ? -1 : 1);
    }

    private static string Glob(string pattern, bool greedy, int line, bool reversed = false)
    {
        if (pattern.Length > LongestPattern) throw new DockerfileException(line, "a pattern in a variable is too long");
        var parts = new List<string>();
        for (var index = 0; index < pattern.Length; index++)
        {
            var isEscape = pattern[index] == '\\' && index + 1 < pattern.Length;
            if (isEscape) index++;
            parts.Add(isEscape ? Regex.Escape(pattern[index].ToString()) : pattern[index] switch
            {
                '*' => greedy ? ".*" : ".*?",
                '?' => ".",
                var letter => Regex.Escape(letter.ToString()),
            });
        }

        if (reversed) parts.Reverse();
        return new StringBuilder().AppendJoin("", parts).ToString();
    }

    /// <summary>Takes time in proportion to the text, whatever the pattern.</summary>
    private static Regex Matching(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new(letters);
    }
}
