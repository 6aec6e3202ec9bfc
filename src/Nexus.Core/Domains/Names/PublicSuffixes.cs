using System.Collections.Frozen;

namespace Nexus.Core.Domains.Names;

/// <summary>Under which names strangers register theirs: the Public Suffix List, read as its documentation says.</summary>
internal static class PublicSuffixes
{
    private static readonly Lazy<FrozenSet<string>> Rules = new(Read);

    /// <summary>Whether it is a public suffix itself, such as <c>co.uk</c>, so that nobody has it.</summary>
    public static bool IsSuffix(string name) => SuffixLabels(name.Split('.')) == name.Split('.').Length;

    /// <summary>Whether it is what somebody registers: one label before a public suffix.</summary>
    public static bool IsRegistrable(string name) => SuffixLabels(name.Split('.')) + 1 == name.Split('.').Length;

    /// <summary>How many labels at the end are the public suffix. The longest rule counts; an exception goes before all.</summary>
    private static int SuffixLabels(string[] labels)
    {
        for (var start = 0; start < labels.Length; start++)
        {
            var name = string.Join('.', labels[start..]);
            if (Rules.Value.Contains("!" + name)) return labels.Length - start - 1;
            if (Rules.Value.Contains(name) || Rules.Value.Contains("*." + string.Join('.', labels[(start + 1)..]))) return labels.Length - start;
        }

        return 1; // The rule for names that no rule is for.
    }

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public_suffixes.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("//", StringComparison.Ordinal))
            .ToFrozenSet();
    }
}
