namespace Nexus.Auth.Keys;

/// <summary>A signing key as it is kept: encrypted, numbered by generation so that of two first starts only one makes the first.</summary>
internal sealed class SigningKey
{
    public required int Generation { get; init; }

    /// <summary>The private key (PKCS#8), sealed by <see cref="SecretBox"/>.</summary>
    public required byte[] SealedKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
