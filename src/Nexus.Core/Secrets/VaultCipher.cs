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

    internal SealedValue Seal(Secret secret, int version, ReadOnlySpan<byte> value) => Seal(Bound(secret, version), value);

    /// <exception cref="CryptographicException">No key of ours sealed it, or it was changed or moved since.</exception>
    internal byte[] Open(Secret secret, SecretVersion version) =>
        Open(Bound(secret, version.Version), new(version.KeyId, version.Sealed));

    /// <param name="bound">Says what the value is of: it opens for that alone.</param>
    internal SealedValue Seal(string bound, ReadOnlySpan<byte> value)
    {
        var box = new byte[NonceLength + TagLength + value.Length];
        var (nonce, tag, text) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(options.Current.Sealing, TagLength);
        aes.Encrypt(nonce.Span, value, text.Span, tag.Span, Encoding.UTF8.GetBytes(bound));
        return new(options.Current.Id, box);
    }

    /// <exception cref="CryptographicException">No key of ours sealed it, or it was changed or moved since.</exception>
    internal byte[] Open(string bound, SealedValue box)
    {
        var key = options.Find(box.KeyId)
            ?? throw new CryptographicException($"No configured key has the id {box.KeyId}.");
        if (box.Sealed.Length < NonceLength + TagLength) throw new CryptographicException("The sealed value is too short.");
        var (nonce, tag, text) = Parts(box.Sealed);
        var value = new byte[text.Length];
        using var aes = new AesGcm(key.Sealing, TagLength);
        aes.Decrypt(nonce.Span, text.Span, tag.Span, value, Encoding.UTF8.GetBytes(bound));
        return value;
    }

    internal string CurrentKeyId => options.Current.Id;

    /// <summary>Tells equal values from others without giving one away, for the idempotency record.</summary>
    internal string Digest(string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(options.Current.Digesting, Encoding.UTF8.GetBytes(value)));

    private static string Bound(Secret secret, int version) =>
        $"{secret.OrganizationId:N}/{secret.Id:N}/{secret.Name}/{version}";

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) Parts(byte[] box) => (
        box.AsMemory(0, NonceLength), box.AsMemory(NonceLength, TagLength), box.AsMemory(NonceLength + TagLength));
}

/// <summary>A sealed value (nonce, tag and ciphertext) and the id of the key that sealed it.</summary>
internal sealed record SealedValue(string KeyId, byte[] Sealed);
