namespace Nexus.Core.Deployments;

/// <summary>Why a revision could not run, in words an agent can act on, with the tail of the log that shows it.</summary>
public sealed record DeploymentFailure(
    string Code, string Message, string? Hint, int Revision, DateTimeOffset At, IReadOnlyList<string> LogTail);
