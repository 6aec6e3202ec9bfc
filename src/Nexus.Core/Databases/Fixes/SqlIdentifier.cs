using System.Text;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Names as SQL takes them. What comes from a log becomes SQL through here and in no other way.</summary>
internal static class SqlIdentifier
{
    /// <summary>Longer ones PostgreSQL would cut off in silence.</summary>
    private const int LongestBytes = 63;

    /// <summary>Whether a name that a log brought is one that a person would give: letters, digits, underscores and dollars.</summary>
    public static bool IsSound(string name) =>
        name.Length > 0
        && Encoding.UTF8.GetByteCount(name) <= LongestBytes
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$')
        && !name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
        && name != "information_schema";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";
}
