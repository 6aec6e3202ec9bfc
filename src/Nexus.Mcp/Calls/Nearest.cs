namespace Nexus.Mcp.Calls;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    // A name that a caller made up may be as long as the body; nothing known is.
    private const int LongestCompared = 100;

    /// <summary>The known name that takes the fewest edits, if that is less than half of it.</summary>
    public static string? To(string name, IEnumerable<string> known) => name.Length > LongestCompared
        ? null
        : known
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance * 2 < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    // Levenshtein's distance, ignoring case, with one row of the matrix at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
