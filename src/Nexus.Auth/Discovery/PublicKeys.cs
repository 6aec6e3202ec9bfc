using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;

namespace Nexus.Auth.Discovery;

/// <summary>The keys that tokens are checked with (RFC 7517), in their public parts only; those that sign soon among them.</summary>
internal sealed class PublicKeys(SigningKeyRing ring)
{
    [JsonPropertyName("keys")]
    public IEnumerable<PublicKey> Keys => ring.Published.Select(PublicKey.Of);
}

/// <summary>One of them.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(PublicEllipticKey))]
[JsonDerivedType(typeof(PublicRsaKey))]
internal abstract record PublicKey(
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("kid")] string Id)
{
    [JsonPropertyName("use")]
    public string Use { get; } = "sig";

    public static PublicKey Of(RingKey key) => key.Key switch
    {
        ECDsaSecurityKey curve => PublicEllipticKey.Of(curve, key.Algorithm.ToString()),
        RsaSecurityKey rsa => PublicRsaKey.Of(rsa, key.Algorithm.ToString()),
        var other => throw new InvalidOperationException($"No public form of {other.GetType().Name}."),
    };
}

internal sealed record PublicEllipticKey(
    string Algorithm, string Id,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y) : PublicKey(Algorithm, Id)
{
    [JsonPropertyName("kty")]
    public string Type { get; } = "EC";

    public static PublicEllipticKey Of(ECDsaSecurityKey key, string algorithm)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new(algorithm, key.KeyId, "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }
}

internal sealed record PublicRsaKey(
    string Algorithm, string Id,
    [property: JsonPropertyName("n")] string Modulus,
    [property: JsonPropertyName("e")] string Exponent) : PublicKey(Algorithm, Id)
{
    [JsonPropertyName("kty")]
    public string Type { get; } = "RSA";

    public static PublicRsaKey Of(RsaSecurityKey key, string algorithm)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new(algorithm, key.KeyId, Base64UrlEncoder.Encode(parameters.Modulus), Base64UrlEncoder.Encode(parameters.Exponent));
    }
}
