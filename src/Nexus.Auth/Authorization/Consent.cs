namespace Nexus.Auth.Authorization;

/// <summary>What a person allowed a client to do, so that they aren't asked again for the same.</summary>
internal sealed class Consent
{
    public required Guid AccountId { get; init; }
    public required Guid ClientId { get; init; }

    /// <summary>Space-separated, sorted.</summary>
    public required string Scopes { get; set; }

    public required DateTimeOffset GivenAt { get; set; }
}
