namespace Nexus.Core.Databases.Schema;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;
    private const int LongestCompared = 63; // PostgreSQL's own limit for names.

    /// <summary>The nearest first; none that takes edits in more than a third of it.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared) return [];
        var wanted = Folded(name);
        return
        [
            .. known.Distinct()
                .Select(candidate => (Name: candidate, Distance: EditDistance.Between(wanted, Folded(candidate))))
                .Where(one => one.Distance * 3 <= Math.Max(wanted.Length, 3))
                .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(one => one.Name),
        ];
    }

    // Case and underscores are what people and mappers get wrong most.
    private static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
