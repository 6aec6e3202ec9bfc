using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>Which statements are worth keeping, and which write.</summary>
internal static class Statements
{
    /// <summary>A prepared statement holds what was bound to it last: an upload's chunk must not stay in memory with it.</summary>
    private const int LongestValue = 8 * 1024;

    private static readonly string[] Writing = ["INSERT", "UPDATE", "DELETE"];

    private static readonly string[] ReadsAndWrites = ["SELECT", "WITH", .. Writing];

    /// <summary>Whether it does nothing but read or write rows. Anything else, such as a PRAGMA of a migration, may change the connection itself.</summary>
    public static bool ReadOrWrite(string text) => Array.Exists(ReadsAndWrites, verb => text.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>Whether it writes rows. What isn't seen here, such as a migration's statement, waits in SQLite.</summary>
    public static bool Writes(string text) => Array.Exists(Writing, verb => text.StartsWith(verb, StringComparison.Ordinal));

    public static bool IsLarge(SqliteParameterCollection parameters)
    {
        for (var index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].Value is string { Length: > LongestValue } or byte[] { Length: > LongestValue }) return true;
        }

        return false;
    }
}
