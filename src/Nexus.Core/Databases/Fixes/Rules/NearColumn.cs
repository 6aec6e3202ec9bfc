using Nexus.Core.Databases.Schema;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Finds the column that is surely meant by another name. Where there is doubt there is none: adding a column spoils nothing.</summary>
internal static class NearColumn
{
    private const int LongWord = 5;

    public static SchemaColumn? Of(FixContext context, SchemaTable table, string name)
    {
        var candidates = table.Columns.Where(column => !IsUsed(context, column.Name)).ToList();
        if (candidates.Where(column => Words.Folded(column.Name) == Words.Folded(name)).ToList() is [var same]) return same;
        if (context.Error.Meant?.Split('.') is [_, var meant] && candidates.Find(column => column.Name == meant) is { } hinted && IsClose(hinted.Name, name))
            return hinted;
        var near = NearNames.Of(name, candidates.Select(column => column.Name)).Where(one => IsClose(one, name)).ToList();
        return near is [var only] ? candidates.Find(column => column.Name == only) : null;
    }

    /// <summary>A statement that has both names doesn't mean the same by them.</summary>
    private static bool IsUsed(FixContext context, string column) => context.Statement?.Columns.Any(used => used.Name == column) == true;

    /// <summary>Numbers tell columns apart, and so do words: <c>line1</c> isn't <c>line2</c>, <c>created_by</c> isn't <c>created_at</c>.</summary>
    private static bool IsClose(string left, string right) =>
        left.Where(char.IsDigit).SequenceEqual(right.Where(char.IsDigit)) && AreClose(Words.Of(left), Words.Of(right));

    private static bool AreClose(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Count == right.Count
        ? left.Zip(right).All(pair => IsSlip(pair.First, pair.Second))
        : IsSlip(string.Concat(left), string.Concat(right));

    /// <summary>A letter or two left out of a word, or wrong in a long one.</summary>
    private static bool IsSlip(string left, string right) =>
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
