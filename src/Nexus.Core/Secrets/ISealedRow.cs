namespace Nexus.Core.Secrets;

/// <summary>A row beside the vault's own that holds a value under the operator's key. Key check and rotation find all of them.</summary>
internal interface ISealedRow
{
    /// <summary>Names owner and row, so that the sealed value opens nowhere else. It never changes.</summary>
    string Place { get; }

    /// <summary>Which of the operator's keys it is sealed with.</summary>
    string KeyId { get; set; }

    /// <summary>Nonce, tag and ciphertext (AES-256-GCM).</summary>
    byte[] Sealed { get; set; }
}
