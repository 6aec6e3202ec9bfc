namespace Nexus.Auth.Clients;

/// <summary>A client assertion that was used, so that it can't be used again (RFC 7523 §3).</summary>
internal sealed class UsedAssertion
{
    /// <summary>SHA-256 of the client's ID and the assertion's.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
