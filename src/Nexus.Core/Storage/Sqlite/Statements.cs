using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>Which statements are worth keeping, and which write.</summary>
internal static class Statements
{
    /// <summary>A prepared statement holds what was bound to it last: an upload's chunk must not stay in memory with it.</summary>
    private const int LongestValue = 8 * 1024;

    private static readonly string[] Writing = ["INSERT", "UPDATE", "DELETE"];

    // EF Core sets a savepoint whenever it saves within a transaction.
    private static readonly string[] Harmless = ["SELECT", "WITH", .. Writing, "SAVEPOINT", "RELEASE", "ROLLBACK TO"];

    /// <summary>
    /// Whether nothing of it outlasts its transaction but the rows that it writes. Anything else, such as a PRAGMA of a migration, may change
    /// the connection itself.
    /// </summary>
    public static bool IsHarmless(string text) => Array.Exists(Harmless, verb => text.StartsWith(verb, StringComparison.Ordinal));

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
