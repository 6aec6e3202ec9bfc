using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Secrets;

/// <summary>
/// AES-256-GCM with a fresh nonce for each value. Owner, name and version are bound as associated data, so that a sealed value
/// put in another row doesn't open.
/// </summary>
public sealed class VaultCipher(VaultOptions options)
{
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    internal (string KeyId, byte[] Sealed) Seal(Secret secret, int version, ReadOnlySpan<byte> value) =>
        Seal(PlaceOf(secret, version), value);

    /// <exception cref="CryptographicException">No key of ours sealed it, or it was changed or moved since.</exception>
    internal byte[] Open(Secret secret, SecretVersion version) =>
        Open(PlaceOf(secret, version.Version), version.KeyId, version.Sealed);

    /// <summary>Seals a value for one place, which names owner and row; there alone it opens again.</summary>
    internal (string KeyId, byte[] Sealed) Seal(string place, ReadOnlySpan<byte> value)
    {
        var box = new byte[NonceLength + TagLength + value.Length];
        var (nonce, tag, text) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(options.Current.Sealing, TagLength);
        aes.Encrypt(nonce.Span, value, text.Span, tag.Span, Encoding.UTF8.GetBytes(place));
        return (options.Current.Id, box);
    }

    /// <exception cref="CryptographicException">No key of ours sealed it, or it was changed or moved since.</exception>
    internal byte[] Open(string place, string keyId, byte[] box)
    {
        var key = options.Find(keyId) ?? throw new CryptographicException($"No configured key has the id {keyId}.");
        if (box.Length < NonceLength + TagLength) throw new CryptographicException("The sealed value is too short.");
        var (nonce, tag, text) = Parts(box);
        var value = new byte[text.Length];
        using var aes = new AesGcm(key.Sealing, TagLength);
        aes.Decrypt(nonce.Span, text.Span, tag.Span, value, Encoding.UTF8.GetBytes(place));
        return value;
    }

    internal string CurrentKeyId => options.Current.Id;

    /// <summary>Tells equal values from others without giving one away, for the idempotency record.</summary>
    internal string Digest(string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(options.Current.Digesting, Encoding.UTF8.GetBytes(value)));

    private static string PlaceOf(Secret secret, int version) =>
        $"{secret.OrganizationId:N}/{secret.Id:N}/{secret.Name}/{version}";

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) Parts(byte[] box) => (
        box.AsMemory(0, NonceLength), box.AsMemory(NonceLength, TagLength), box.AsMemory(NonceLength + TagLength));
}
