namespace Nexus.Core.Audit;

/// <summary>
/// Who did what to what, through which surface, with what outcome. Append-only and chained: <see cref="Hash"/> binds every field and
/// the record before. Never a secret's value.
/// </summary>
public sealed class AuditRecord
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose chain it is in; <see cref="AuditChain.Server"/> for what belongs to no organisation.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Empty where nobody is known, as in a sign-in with an unknown address.</summary>
    public required Guid UserId { get; init; }
    public required string ClientId { get; init; }
    public required string TokenId { get; init; }
    public required string Surface { get; init; }
    public required string Operation { get; init; }

    /// <summary>The id of the thing acted upon; null when there was none, as in a refused creation.</summary>
    public string? Target { get; init; }

    /// <summary><c>OK</c>, or the code of the error.</summary>
    public required string Outcome { get; init; }

    /// <summary>The arguments as JSON, with values of variables left out.</summary>
    public required string Arguments { get; init; }

    /// <summary>The place in the chain, from 1, without gaps.</summary>
    public long Sequence { get; internal set; }

    /// <summary>SHA-256 over the hash before and every other field, in hex.</summary>
    public string Hash { get; internal set; } = "";
}
