using System.Security.Cryptography;
using System.Text;

namespace Nexus.Auth.Keys;

/// <summary>
/// Keys and seals from the operator's one encryption key. Each purpose has a key of its own (HKDF, RFC 5869);
/// what is sealed (AES-256-GCM) opens under the same purpose only.
/// </summary>
internal sealed class SecretBox(AuthOptions options)
{
    private const int KeyLength = 32;
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    /// <summary>A 256-bit key for the purpose, the same on every node.</summary>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, options.EncryptionKey, KeyLength, info: Info(purpose));

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
        var secret = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(KeyFor(purpose), TagLength);
        aes.Decrypt(box[..NonceLength], box[(NonceLength + TagLength)..], box.Slice(NonceLength, TagLength), secret);
        return secret;
    }

    private static byte[] Info(string purpose) => Encoding.UTF8.GetBytes("nexus/" + purpose);
}
