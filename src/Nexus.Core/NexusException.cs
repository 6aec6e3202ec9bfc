namespace Nexus.Core;

/// <summary>
/// What a caller did or asked that can't be done: a stable code for programs, a message that says what is wrong,
/// and a hint that says what to do next. Every surface shapes it in its own way; none of the three holds internals.
/// </summary>
public sealed class NexusException(string code, string message, string? hint = null, string? field = null)
    : Exception(message)
{
    /// <summary>Stable, upper-case and underscored, e.g. <c>DEPLOYMENT_NOT_FOUND</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What to do next, in words that an agent can act on.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The argument that is at fault, where one is.</summary>
    public string? Field { get; } = field;

    /// <summary>The single faults where there are several at once; each surface shapes them as they are.</summary>
    public IReadOnlyList<object> Details { get; init; } = [];

    /// <summary>Whether the audit has the refusal already, so that no surface writes it a second time.</summary>
    public bool IsAudited { get; internal set; }
}
