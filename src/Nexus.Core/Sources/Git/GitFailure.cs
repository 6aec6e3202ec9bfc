using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Git;

/// <summary>Tells from what git said why it failed. Its words themselves go no further: a stranger's host writes among them.</summary>
internal static partial class GitFailure
{
    public static NexusException Explain(string said, GitRemote remote, bool hasSecret, SourceLimits limits)
    {
        if (TooLarge().IsMatch(said)) return GitErrors.TooLarge(limits);
        if (Slow().IsMatch(said)) return GitErrors.Timeout();
        if (Closed().IsMatch(said)) return GitErrors.NotFound(hasSecret);
        if (NoCommit().IsMatch(said)) return GitErrors.CommitNotFound();
        if (Busy().IsMatch(said)) return GitErrors.Unavailable(remote.Url.Host);
        return Connection().IsMatch(said) ? GitErrors.Unreachable(remote.Url.Host) : GitErrors.Unreadable();
    }

    [GeneratedRegex("File too large|Out of memory|pack exceeds maximum", RegexOptions.IgnoreCase)]
    private static partial Regex TooLarge();

    [GeneratedRegex("Operation too slow|timed out|Timeout was reached", RegexOptions.IgnoreCase)]
    private static partial Regex Slow();

    [GeneratedRegex("Authentication failed|could not read (?:Username|Password)|returned error: 40[134]|repository '.*' not found", RegexOptions.IgnoreCase)]
    private static partial Regex Closed();

    [GeneratedRegex("not our ref|unadvertised object|couldn't find remote ref|no such remote ref", RegexOptions.IgnoreCase)]
    private static partial Regex NoCommit();

    [GeneratedRegex("returned error: (?:429|5[0-9]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex Busy();

    [GeneratedRegex("Could not resolve|Failed to connect|Couldn't connect|certificate|SSL|returned error: 3[0-9]{2}|Empty reply|Connection reset|unexpected disconnect|early EOF|RPC failed", RegexOptions.IgnoreCase)]
    private static partial Regex Connection();
}
