namespace Nexus.Core.Domains.Certificates;

/// <summary>The certificate of a verified domain: what there is of it, and when to try for the next. It goes with the domain.</summary>
public sealed class DomainCertificate
{
    public required Guid DomainId { get; init; }

    /// <summary>Which of the operator's keys the certificate and its key are sealed with; null before the first.</summary>
    public string? KeyId { get; set; }

    /// <summary>Private key and chain as PEM, sealed.</summary>
    public byte[]? Sealed { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Attempts in a row that failed, for the back-off.</summary>
    public int Failures { get; set; }

    public string? LastError { get; set; }

    // The node that orders it now, and until when.
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>The key that the server is known by at a certificate authority, sealed.</summary>
public sealed class AcmeAccount
{
    /// <summary>The authority's directory URL.</summary>
    public required string Directory { get; init; }

    public required string KeyId { get; set; }
    public required byte[] Sealed { get; set; }
}

/// <summary>What an authority will ask any of the ingress nodes for (RFC 8555 §8.3). It is public once it is asked for.</summary>
public sealed class AcmeChallenge
{
    public required string Token { get; init; }
    public required string KeyAuthorization { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
