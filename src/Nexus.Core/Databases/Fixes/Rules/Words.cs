namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Names taken apart as people and mappers put them together.</summary>
internal static class Words
{
    /// <summary>Without case and underscores.</summary>
    public static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The words of a name, in lower case: <c>created_at</c> and <c>createdAt</c> have two.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var index = 1; index <= name.Length; index++)
        {
            var ends = index == name.Length || name[index] == '_' || name[index - 1] == '_' || (char.IsUpper(name[index]) && char.IsLower(name[index - 1]));
            if (!ends) continue;
            if (name[start..index].Trim('_') is { Length: > 0 } word) words.Add(word.ToLowerInvariant());
            start = index;
        }

        return words;
    }

    /// <summary>The last word: <c>created_at</c> and <c>createdAt</c> end in <c>at</c>.</summary>
    public static string Last(string name) => Of(name) is [.., var last] ? last : "";

    /// <summary>What an id refers to: <c>customer</c> of <c>customer_id</c> and <c>customerId</c>; null where it is none.</summary>
    public static string? Referred(string column) =>
        column.EndsWith("_id", StringComparison.Ordinal) && column.Length > 3 ? column[..^3]
        : column.EndsWith("Id", StringComparison.Ordinal) && column.Length > 2 ? column[..^2]
        : null;

    /// <summary>Whether two names are the same but for case, underscores and number.</summary>
    public static bool AreSame(string left, string right) => Singular(Folded(left)) == Singular(Folded(right));

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
        : word.EndsWith("ses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && word.Length > 2 ? word[..^1]
        : word;
}
