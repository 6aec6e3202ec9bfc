namespace Nexus.Core.Builds;

/// <summary>A line of a revision's build log, with secrets taken out.</summary>
public sealed class BuildLogLine
{
    public required Guid DeploymentId { get; init; }
    public required int Revision { get; init; }

    /// <summary>From 1, in the order of the log.</summary>
    public required int Number { get; init; }

    /// <summary>Later than that of the line before, so that it can be continued after.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who says it: <c>nexus</c> or <c>build</c>.</summary>
    public required string Stream { get; init; }

    public required string Text { get; init; }
}
