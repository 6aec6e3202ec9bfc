using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>The rules of a <c>.dockerignore</c> as docker's client reads them (moby/patternmatcher): the last that fits decides.</summary>
internal sealed class DockerIgnore
{
    private const int LargestFile = 64 * 1024;
    private const int MostRules = 500;
    private readonly List<Rule> _rules;

    private DockerIgnore(List<Rule> rules) => _rules = rules;

    public static DockerIgnore Read(string path)
    {
        var file = new FileInfo(path);
        return file is { Exists: true, LinkTarget: null, Length: <= LargestFile } ? Parse(File.ReadAllText(path)) : new([]);
    }

    public static DockerIgnore Parse(string text) => new([.. text.TrimStart('\uFEFF').Split('\n')
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Trim())
        .Where(line => line.Length > 0)
        .Take(MostRules)
        .Select(Rule.Of)]);

    /// <summary>Of a path relative to the context; what is in an ignored folder is ignored with it.</summary>
    public bool Ignores(string path)
    {
        var parents = Enumerable.Range(1, path.Length).Where(end => end == path.Length || path[end] == '/').Select(end => path[..end]).ToList();
        var ignored = false;
        foreach (var rule in _rules)
            if (ignored == rule.Keeps && parents.Exists(rule.Fits)) ignored = !rule.Keeps;
        return ignored;
    }

    private sealed record Rule(bool Keeps, Regex Pattern)
    {
        public static Rule Of(string line)
        {
            var keeps = line.StartsWith('!');
            var clean = (keeps ? line[1..] : line).Trim().Trim('/');
            if (clean.StartsWith("./", StringComparison.Ordinal)) clean = clean[2..];
            return new(keeps, new Regex(Translate(clean), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        }

        public bool Fits(string path) => Pattern.IsMatch(path);

        private static string Translate(string pattern)
        {
            var regex = new StringBuilder(@"\A");
            for (var index = 0; index < pattern.Length; index++)
            {
                if (pattern[index] == '*' && pattern.AsSpan(index).StartsWith("**"))
                {
                    index++;
                    if (pattern.AsSpan(index + 1).StartsWith("/")) index++;
                    regex.Append(index + 1 >= pattern.Length ? ".*" : "(?:.*/)?");
                }
                else
                {
                    regex.Append(pattern[index] switch { '*' => "[^/]*", '?' => "[^/]", var letter => Regex.Escape(letter.ToString()) });
                }
            }

            return regex.Append(@"\z").ToString();
        }
    }
}
