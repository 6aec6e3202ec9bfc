using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Secrets;

/// <summary>A key of the vault, derived from the operator's (HKDF, RFC 5869), and the id that is stored beside what it seals.</summary>
public sealed class VaultKey
{
    private const int Bytes = 32;

    /// <param name="encryptionKey">The operator's key: 32 bytes.</param>
    public VaultKey(byte[] encryptionKey)
    {
        if (encryptionKey.Length != Bytes) throw new ArgumentException($"The key must have {Bytes} bytes.", nameof(encryptionKey));
        Sealing = Derive(encryptionKey, "nexus/vault");
        Digesting = Derive(encryptionKey, "nexus/vault digest");
        Auditing = Derive(encryptionKey, "nexus/audit");
        Id = Convert.ToHexStringLower(Derive(encryptionKey, "nexus/vault key id"))[..16];
    }

    /// <summary>Says which key it is and nothing about it.</summary>
    public string Id { get; }

    internal byte[] Sealing { get; }

    internal byte[] Digesting { get; }

    internal byte[] Auditing { get; }

    private static byte[] Derive(byte[] key, string info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Bytes, info: Encoding.ASCII.GetBytes(info));
}
