namespace Nexus.Core.Databases.Fixes;

/// <summary>What a rule makes of an error: statements to try, the best first, or why there are none.</summary>
internal sealed record FixOutcome(IReadOnlyList<FixDraft> Drafts, string? Reason = null, string? Hint = null)
{
    public static FixOutcome Of(params FixDraft[] drafts) => new(drafts);

    /// <summary>Nothing sensible follows, and what to do instead.</summary>
    public static FixOutcome None(string reason, string? hint = null) => new([], reason, hint);
}

/// <summary>A statement that nobody has checked yet.</summary>
/// <param name="Facts">What of the schema it follows from.</param>
/// <param name="Probe">A query whose answer must still be the same when it is applied.</param>
internal sealed record FixDraft(string Sql, string Explanation, IReadOnlyList<string> Facts, string? Probe = null);
