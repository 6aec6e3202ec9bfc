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
                .Select(candidate => (Name: candidate, Distance: Distance(wanted, Folded(candidate))))
                .Where(one => one.Distance * 3 <= Math.Max(wanted.Length, 3))
                .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(one => one.Name),
        ];
    }

    // Case and underscores are what people and mappers get wrong most.
    private static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, with one row of the matrix at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
