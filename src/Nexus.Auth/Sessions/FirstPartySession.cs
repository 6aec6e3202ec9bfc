namespace Nexus.Auth.Sessions;

/// <summary>A first-party JWT that is still good; logging out removes it.</summary>
internal sealed class FirstPartySession
{
    /// <summary>The JWT's <c>jti</c>.</summary>
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The account's stamp when it was made: a new password ends the session.</summary>
    public required string SecurityStamp { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
