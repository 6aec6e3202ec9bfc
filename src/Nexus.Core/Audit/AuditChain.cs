namespace Nexus.Core.Audit;

/// <summary>
/// Where one organisation's chain of audit records begins and ends. The seal, made with the operator's key, keeps somebody who can
/// write to the database from forging a shorter or another chain.
/// </summary>
public sealed class AuditChain
{
    /// <summary>The chain of what belongs to no organisation, as a sign-in by nobody known.</summary>
    public static readonly Guid Server = Guid.Empty;

    /// <summary>What the first record of a chain takes for the hash before it.</summary>
    internal static readonly string Genesis = new('0', 64);

    public required Guid OrganizationId { get; init; }

    /// <summary>The last record's number and hash.</summary>
    public long Sequence { get; internal set; }
    public string Hash { get; internal set; } = Genesis;

    /// <summary>The number and hash of the last record that retention has removed.</summary>
    public long StartSequence { get; internal set; }
    public string StartHash { get; internal set; } = Genesis;

    /// <summary>Which of the operator's keys the seal is made with.</summary>
    public string KeyId { get; internal set; } = "";

    /// <summary>HMAC-SHA-256 over all of the above, in hex.</summary>
    public string Seal { get; internal set; } = "";
}
