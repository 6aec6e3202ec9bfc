using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Keys;

/// <summary>Makes signing keys: at random, or the same P-256 key from the same secret on every node.</summary>
internal static class SigningKeyFactory
{
    private const int RsaBits = 2048;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A new private key (PKCS#8).</summary>
    public static byte[] Random(SigningAlgorithm algorithm)
    {
        using AsymmetricAlgorithm key = algorithm is SigningAlgorithm.RS256
            ? RSA.Create(RsaBits)
            : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>The secret's key: HKDF to 48 bytes, then into [1, n-1] (FIPS 186-5, A.2.1), so that no bias is left.</summary>
    public static AsymmetricSecurityKey Derive(string secret)
    {
        var bytes = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 48, info: "nexus/signing key"u8.ToArray());
        var scalar = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % (Order - 1) + 1;
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = ToFixedLength(scalar) };
        return Named(new ECDsaSecurityKey(ECDsa.Create(parameters)));
    }

    public static AsymmetricSecurityKey Import(SigningAlgorithm algorithm, byte[] privateKey)
    {
        if (algorithm is SigningAlgorithm.RS256)
        {
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(privateKey, out _);
            return Named(new RsaSecurityKey(rsa));
        }

        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(privateKey, out _);
        return Named(new ECDsaSecurityKey(ecdsa));
    }

    // By its thumbprint (RFC 7638), so that every node names it alike.
    private static AsymmetricSecurityKey Named(AsymmetricSecurityKey key)
    {
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static byte[] ToFixedLength(BigInteger scalar)
    {
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return padded;
    }
}
