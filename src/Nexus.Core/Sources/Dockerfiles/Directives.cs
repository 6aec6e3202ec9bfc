using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>
/// Parser directives (docs.docker.com/reference/dockerfile, "Parser directives"): comments before everything else that name the
/// front end or the escape character. Where builders differ about what still counts as one, the file is refused.
/// </summary>
internal sealed partial class Directives
{
    private static readonly string[] Known = ["syntax", "escape", "check"];

    private Directives()
    {
    }

    public Directive? Syntax { get; private set; }

    public char Escape { get; private set; } = '\\';

    public static Directives Read(IReadOnlyList<string> lines)
    {
        var directives = new Directives();
        var seen = new HashSet<string>();
        var isOpen = true;
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            // BuildKit skips a shebang when it looks for the front end.
            if (index == 0 && line.StartsWith("#!", StringComparison.Ordinal)) continue;
            if (line.AsSpan().Trim().Length > 0 && !line.AsSpan().TrimStart().StartsWith("#")) break;
            var match = Pattern().Match(line);
            isOpen &= match.Success;
            if (match.Success) directives.Take(match, index + 1, isOpen, seen);
        }

        return directives;
    }

    private void Take(Match match, int line, bool isOpen, HashSet<string> seen)
    {
        var name = match.Groups["name"].Value.ToLowerInvariant();
        var value = match.Groups["value"].Value.Trim();
        if (!Known.Contains(name)) return;
        if (!isOpen && name != "check") throw new DockerfileException(line, $"the {name} directive must be on the first line");
        if (isOpen && !seen.Add(name)) throw new DockerfileException(line, $"only one {name} directive can be used");
        if (name == "syntax") Syntax = new(value, line);
        if (name == "escape") Escape = value is "\\" or "`" ? value[0] : throw new DockerfileException(line, "the escape directive must be \\ or `");
    }

    [GeneratedRegex(@"^\s*#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=(?<value>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
