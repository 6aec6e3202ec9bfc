using System.Text;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>Reads <c>--name=value</c> before an instruction's arguments: BuildKit's extractBuilderFlags.</summary>
internal static class Flags
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["FROM"] = ["platform"],
        ["RUN"] = ["mount", "network", "security"],
        ["COPY"] = ["from", "chown", "chmod", "link", "parents", "exclude"],
        ["ADD"] = ["chown", "chmod", "link", "checksum", "keep-git-dir", "exclude", "unpack"],
        ["HEALTHCHECK"] = ["interval", "timeout", "start-period", "start-interval", "retries"],
    };

    public static (IReadOnlyList<Flag> Flags, string Arguments) Read(string keyword, string text, int line)
    {
        // Elsewhere the dashes are the program's own: CMD --help.
        if (!Known.TryGetValue(keyword, out var known)) return ([], text);
        var flags = new List<Flag>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
            if (!text.AsSpan(position).StartsWith("--")) return (flags, text[position..]);
            var word = Word(text, ref position);
            if (word == "--") return (flags, text[position..].TrimStart());
            flags.Add(ToFlag(keyword, word, known, line));
        }
    }

    private static Flag ToFlag(string keyword, string word, string[] known, int line)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        return known.Contains(name)
            ? new Flag(name, equals < 0 ? "" : word[(equals + 1)..])
            : throw new DockerfileException(line, $"{keyword} has no flag --{Shown.Of(name)}");
    }

    private static string Word(string text, ref int position)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; position < text.Length; position++)
        {
            var letter = text[position];
            if (quote == '\0' && char.IsWhiteSpace(letter)) break;
            if (letter == '\\' && position + 1 < text.Length) word.Append(text[++position]);
            else if (quote == '\0' && letter is '"' or '\'') quote = letter;
            else if (letter == quote) quote = '\0';
            else word.Append(letter);
        }

        return word.ToString();
    }
}
