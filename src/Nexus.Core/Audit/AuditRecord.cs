namespace Nexus.Core.Audit;

/// <summary>Who did what to what, through which surface, with what outcome. Append-only; never a secret's value.</summary>
public sealed class AuditRecord
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid OrganizationId { get; init; }
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
}
