namespace Nexus.Auth.Applications;

/// <summary>A client that acts for a person, or may do so again without asking.</summary>
internal sealed record ConnectedApplication
{
    public required Guid ClientId { get; init; }
    public required string Name { get; init; }
    public required string? Host { get; init; }
    public required bool IsUnverified { get; init; }

    /// <summary>What it may do, by the names of the scopes.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset FirstGrantedAt { get; init; }

    /// <summary>When it last fetched a token; null when it never did.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}
