namespace Nexus.Core.Builds;

/// <summary>A build that came to nothing, with the end of its log.</summary>
/// <remarks><see cref="Transient"/> failures are worth another try; the others end the rollout at once.</remarks>
internal sealed class BuildException(
    string code, string message, string? hint, bool transient, IReadOnlyList<string> logTail, Exception inner) : Exception(message, inner)
{
    public string Code { get; } = code;
    public string? Hint { get; } = hint;
    public bool Transient { get; } = transient;
    public IReadOnlyList<string> LogTail { get; } = logTail;
}
