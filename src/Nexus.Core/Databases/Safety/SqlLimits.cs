using System.Buffers;
using System.Text;

namespace Nexus.Core.Databases.Safety;

/// <summary>Judged before anything is parsed.</summary>
internal static class SqlLimits
{
    public const int LargestBytes = 1024 * 1024;
    private const int LongestRun = 256;
    private static readonly SearchValues<char> Operators = SearchValues.Create("~!@#^&|`?+-*/%<>=");

    public static SqlRefusal? Check(string sql)
    {
        if (sql.Length > LargestBytes || Encoding.UTF8.GetByteCount(sql) > LargestBytes)
            return new("too-large", "The SQL is larger than 1 MiB.", "Send less at once; bind long values as parameters.", null);
        if (sql.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
            return new("nul", "The SQL holds a NUL character, where parsers stop and servers don't.", "Remove it.", nul + 1);
        if (LongOperators(sql) is { } run)
            return new("unreadable", "The SQL holds hundreds of operator characters in a row, which take its scanner too long.", "Bind such a value as a parameter.", run);
        return HasLoneSurrogate(sql) ? new("not-text", "The SQL holds half of a character.", "Send valid Unicode text.", null) : null;
    }

    /// <summary>
    /// PostgreSQL's scanner reads such a run whole and then takes one plus, or nothing but the start of a comment, of it: time grows
    /// with the square of its length.
    /// </summary>
    private static int? LongOperators(string sql)
    {
        var rest = sql.AsSpan();
        while (rest.IndexOfAny(Operators) is >= 0 and var start)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(Operators) is >= 0 and var end ? end : rest.Length;
            if (length > LongestRun && rest[..length].Count('+') + rest[..length].Count("/*") > LongestRun / 32) return sql.Length - rest.Length + 1;
            rest = rest[length..];
        }

        return null;
    }

    private static bool HasLoneSurrogate(string sql)
    {
        for (var index = 0; index < sql.Length; index++)
        {
            if (!char.IsSurrogate(sql[index])) continue;
            if (index + 1 >= sql.Length || !char.IsSurrogatePair(sql[index], sql[index + 1])) return true;
            index++;
        }

        return false;
    }
}
