namespace Nexus.Core;

/// <summary>How far apart two names are, to tell somebody what they may have meant.</summary>
public static class EditDistance
{
    /// <summary>Levenshtein's distance. It takes time and memory by the lengths: bound them before.</summary>
    public static int Between(string left, string right)
    {
        // One row of the matrix at a time.
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
