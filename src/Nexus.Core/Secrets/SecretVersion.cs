namespace Nexus.Core.Secrets;

/// <summary>One value of a secret, sealed. Revisions refer to versions, so that a rollback brings the value of then back.</summary>
public sealed class SecretVersion
{
    public required Guid SecretId { get; init; }
    public required int Version { get; init; }

    /// <summary>Which of the operator's keys it is sealed with.</summary>
    public required string KeyId { get; set; }

    /// <summary>Nonce, tag and ciphertext (AES-256-GCM).</summary>
    public required byte[] Sealed { get; set; }

    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
