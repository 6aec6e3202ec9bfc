using System.Security.Cryptography;
using System.Text;

namespace Nexus.Auth.Keys;

/// <summary>
/// Keys and seals from the operator's one encryption key. Each purpose has a key of its own (HKDF, RFC 5869);
/// what is sealed (AES-256-GCM) opens under the same purpose only. While the operator changes the key, the previous one opens too.
/// </summary>
internal sealed class SecretBox(AuthOptions options)
{
    private const int KeyLength = 32;
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    /// <summary>A 256-bit key for the purpose, the same on every node.</summary>
    public byte[] KeyFor(string purpose) => Derive(options.EncryptionKey, purpose);

    /// <summary>The key for the purpose that was before, while there is one.</summary>
    public byte[]? PreviousKeyFor(string purpose) =>
        options.PreviousEncryptionKey is { } previous ? Derive(previous, purpose) : null;

    /// <summary>Nonce, tag and ciphertext in one.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> secret)
    {
        var box = new byte[NonceLength + TagLength + secret.Length];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyFor(purpose), TagLength);
        aes.Encrypt(nonce, secret, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        return box;
    }

    /// <exception cref="CryptographicException">Sealed with another key or purpose, or changed since.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> box)
    {
        if (box.Length < NonceLength + TagLength) throw new CryptographicException("The sealed value is too short.");
        if (PreviousKeyFor(purpose) is not { } previous) return Open(KeyFor(purpose), box);
        try
        {
            return Open(KeyFor(purpose), box);
        }
        catch (AuthenticationTagMismatchException)
        {
            return Open(previous, box);
        }
    }

    private static byte[] Open(byte[] key, ReadOnlySpan<byte> box)
    {
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box[..NonceLength], box[(NonceLength + TagLength)..], box.Slice(NonceLength, TagLength), secret);
        return secret;
    }

    private static byte[] Derive(byte[] key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, info: Encoding.UTF8.GetBytes("nexus/" + purpose));
}
