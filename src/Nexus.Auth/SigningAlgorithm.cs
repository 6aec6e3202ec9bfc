namespace Nexus.Auth;

/// <summary>How tokens can be signed; the names are those of JWA (RFC 7518 §3.1).</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA on P-256: short signatures, quickly made.</summary>
    ES256,

    /// <summary>RSA with 2048 bits, for resource servers that know nothing else.</summary>
    RS256,
}
