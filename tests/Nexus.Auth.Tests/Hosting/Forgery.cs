using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Access tokens as an attacker would make them from a genuine one.</summary>
public static class Forgery
{
    /// <summary>One whose signature is not ours.</summary>
    public static string Forge(AuthServer server, string genuine, string forgery)
    {
        var parts = genuine.Split('.');
        var kid = Jwt.Of(genuine).Kid;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        switch (forgery)
        {
            case "alg none":
                return $"{Base64UrlEncoder.Encode($$"""{"alg":"none","typ":"at+jwt","kid":"{{kid}}"}""")}.{parts[1]}.";
            case "HS256 with the public key":
                var ring = server.Services.GetRequiredService<SigningKeyRing>();
                var head = $"{Base64UrlEncoder.Encode($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{kid}}"}""")}.{parts[1]}";
                var mac = HMACSHA256.HashData(((ECDsaSecurityKey)ring.Current.Key).ECDsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(head));
                return $"{head}.{Base64UrlEncoder.Encode(mac)}";
            case "HS256 with an empty key":
                var empty = $"{Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"at+jwt","kid":"internal"}""")}.{parts[1]}";
                return $"{empty}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Array.Empty<byte>(), Encoding.ASCII.GetBytes(empty)))}";
            case "changed payload":
                return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("deployments:read", "databases:write", StringComparison.Ordinal))}.{parts[2]}";
            case "signature cut off":
                return $"{parts[0]}.{parts[1]}.";
            default:
                var signed = $"{Base64UrlEncoder.Encode($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{(forgery == "unknown kid" ? "unknown" : kid)}}"}""")}.{parts[1]}";
                return $"{signed}.{Base64UrlEncoder.Encode(stranger.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    /// <summary>One that our own key signed, and that differs in one thing.</summary>
    public static string SignAnew(AuthServer server, string genuine, string what, string value)
    {
        var jwt = Jwt.Of(genuine);
        var claims = jwt.Claims.Where(claim => claim.Type is not "exp" and not "iat").ToDictionary(claim => claim.Type, object (claim) => claim.Value);
        if (what is not "typ" and not "nbf" and not "exp") claims[what] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = what == "typ" ? value : "at+jwt",
            Claims = claims,
            IssuedAt = jwt.IssuedAt,
            Expires = what == "exp" ? jwt.IssuedAt.AddMinutes(-1) : jwt.ValidTo,
            NotBefore = what == "nbf" ? jwt.ValidTo.AddMinutes(-1) : null,
            SigningCredentials = server.Services.GetRequiredService<SigningKeyRing>().Current,
        });
    }
}
