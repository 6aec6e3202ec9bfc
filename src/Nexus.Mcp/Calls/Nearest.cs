using Nexus.Core;

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
            .Select(candidate => (Name: candidate, Distance: EditDistance.Between(Folded(name), Folded(candidate))))
            .Where(candidate => candidate.Distance * 2 < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    private static string Folded(string name) => name.ToLowerInvariant();
}
