using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Databases.Fixes;

/// <summary>What a proposal follows from, short enough to be read.</summary>
internal static class Evidence
{
    private const int Most = 12;
    private const int Longest = 200;

    public static IReadOnlyList<string> Of(LoggedError error, FixDraft draft) =>
        [.. draft.Facts.Prepend($"log ({error.SqlState}): {LogRedactor.Redact(Shorten(error.Line.Trim()))}").Take(Most).Select(Shorten)];

    private static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
