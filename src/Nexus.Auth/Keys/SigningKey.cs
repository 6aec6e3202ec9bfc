namespace Nexus.Auth.Keys;

/// <summary>A signing key as it is kept: encrypted, numbered by generation so that of two that are made at once only one counts.</summary>
internal sealed class SigningKey
{
    public required int Generation { get; init; }

    public required SigningAlgorithm Algorithm { get; init; }

    /// <summary>The private key (PKCS#8), sealed by <see cref="SecretBox"/>.</summary>
    public required byte[] SealedKey { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it signs, and the generation before it no longer does.</summary>
    public required DateTimeOffset SignsFrom { get; init; }
}
