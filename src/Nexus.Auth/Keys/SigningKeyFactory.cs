using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Keys;

/// <summary>Makes P-256 keys: at random, or the same one from the same secret on every node.</summary>
internal static class SigningKeyFactory
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture);

    public static ECDsa Random() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The secret's key: HKDF to 48 bytes, then into [1, n-1] (FIPS 186-5, A.2.1), so that no bias is left.</summary>
    public static ECDsa Derive(string secret)
    {
        var bytes = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 48, info: "nexus/signing key"u8.ToArray());
        var scalar = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % (Order - 1) + 1;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = ToFixedLength(scalar) });
    }

    /// <summary>Named by its thumbprint (RFC 7638), so that every node names it alike.</summary>
    public static ECDsaSecurityKey ToSecurityKey(ECDsa key)
    {
        var securityKey = new ECDsaSecurityKey(key);
        securityKey.KeyId = Base64UrlEncoder.Encode(securityKey.ComputeJwkThumbprint());
        return securityKey;
    }

    private static byte[] ToFixedLength(BigInteger scalar)
    {
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        return padded;
    }
}
