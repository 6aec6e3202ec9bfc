using Nexus.Core.Databases.Safety;

namespace Nexus.Core.Databases.Fixes;

/// <summary>A statement that mends what a log complained of, tried out on its source and kept until somebody applies it.</summary>
public sealed class FixProposal
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid SourceId { get; init; }

    /// <summary>As the parser printed it back: what is to be run.</summary>
    public required string Sql { get; init; }

    public required RiskLevel Risk { get; init; }

    /// <summary>The error that it mends.</summary>
    public required string SqlState { get; init; }

    /// <summary>The tables that it concerns; with <see cref="Probe"/>, what <see cref="Fingerprint"/> is of.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>A query for what else the proposal rests upon, e.g. the highest id of a table; null for nothing.</summary>
    public string? Probe { get; init; }

    /// <summary>Of what the proposal was made for; applied to anything else it might do harm.</summary>
    public required string Fingerprint { get; init; }

    public required FixState State { get; set; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Since when somebody is applying it, or when it was applied.</summary>
    public DateTimeOffset? StateSince { get; set; }
}

/// <summary>How far a proposal has come.</summary>
public enum FixState
{
    Proposed,

    /// <summary>Taken by one caller; left so when the server was interrupted.</summary>
    Applying,

    Applied,

    /// <summary>Its end wasn't seen, and the database has changed since: a person must look.</summary>
    Unknown,
}
