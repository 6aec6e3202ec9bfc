using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Tells a slip of the pen from another name.</summary>
internal static class Closeness
{
    private const int LongWord = 5;

    /// <summary>Numbers tell names apart, and so do words: <c>line1</c> isn't <c>line2</c>, <c>created_by</c> isn't <c>created_at</c>.</summary>
    public static bool IsSlip(string left, string right) =>
        left.Where(char.IsDigit).SequenceEqual(right.Where(char.IsDigit)) && AreClose(Words.Of(left), Words.Of(right));

    private static bool AreClose(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Count == right.Count
        ? left.Zip(right).All(pair => IsSlipOfWord(pair.First, pair.Second))
        : IsSlipOfWord(string.Concat(left), string.Concat(right));

    /// <summary>A letter or two left out of a word, or wrong in a long one.</summary>
    private static bool IsSlipOfWord(string left, string right) =>
        left == right
        || (left[0] == right[0] && Math.Abs(left.Length - right.Length) <= 2
            && (IsWithin(left, right) || IsWithin(right, left) || (left.Length == right.Length && left.Length >= LongWord && NearNames.Of(left, [right]).Count > 0)));

    private static bool IsWithin(string shorter, string longer)
    {
        var matched = 0;
        foreach (var letter in longer)
        {
            if (matched < shorter.Length && shorter[matched] == letter) matched++;
        }

        return matched == shorter.Length;
    }
}
