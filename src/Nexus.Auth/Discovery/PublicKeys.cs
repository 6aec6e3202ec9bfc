using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;

namespace Nexus.Auth.Discovery;

/// <summary>The keys that tokens are checked with (RFC 7517), in their public parts only.</summary>
internal sealed class PublicKeys(SigningKeyRing ring)
{
    [JsonPropertyName("keys")]
    public IEnumerable<PublicKey> Keys => ring.Keys.Select(PublicKey.Of);
}

/// <summary>One of them.</summary>
internal sealed record PublicKey(
    [property: JsonPropertyName("kty")] string Type,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y)
{
    public static PublicKey Of(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", "sig", "ES256", key.KeyId, "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }
}
