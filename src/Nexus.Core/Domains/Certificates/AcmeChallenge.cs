namespace Nexus.Core.Domains.Certificates;

/// <summary>What an authority will ask any of the ingress nodes for (RFC 8555 §8.3). It is public once it is asked for.</summary>
public sealed class AcmeChallenge
{
    public required string Token { get; init; }
    public required string KeyAuthorization { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
