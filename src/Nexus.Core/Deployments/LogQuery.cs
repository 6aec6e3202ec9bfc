using System.Globalization;

namespace Nexus.Core.Deployments;

/// <summary>Which lines of a log: how many, from when, containing what.</summary>
public sealed record LogQuery
{
    public int Lines { get; init; } = DeploymentLogs.DefaultLines;
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only lines that contain this text, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Only lines after those of the page that gave this cursor.</summary>
    public string? Cursor { get; init; }

    internal DateTimeOffset? From => After is { } after && !(Since > after) ? after : Since;

    private DateTimeOffset? After => Cursor is null ? null
        : long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new NexusException("INVALID_CURSOR", "cursor is not one that this log gave.", "Start again without a cursor.", "cursor");

    internal static string? CursorAfter(IReadOnlyList<LogEntry> lines) =>
        lines.Count == 0 ? null : lines[^1].At.UtcTicks.ToString(CultureInfo.InvariantCulture);

    internal void Check()
    {
        _ = After;
        if (Lines is >= 1 and <= DeploymentLogs.MostLines) return;
        throw DeploymentErrors.Invalid(
            "lines", $"lines is {Lines}; 1 to {DeploymentLogs.MostLines} are allowed.", $"Leave it out for {DeploymentLogs.DefaultLines}.");
    }

    internal bool Wants(LogEntry line) =>
        (After is not { } after || line.At > after)
        && (Since is not { } since || line.At >= since)
        && (Search is null || line.Text.Contains(Search, StringComparison.OrdinalIgnoreCase));
}
