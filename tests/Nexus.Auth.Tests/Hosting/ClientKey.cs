using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A key pair that a client proves itself with.</summary>
public sealed class ClientKey(string id)
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public JsonObject Public() => Of(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(false))));

    public JsonObject Private() => Of(new ECDsaSecurityKey(_key));

    public static JsonObject SetOf(params ClientKey[] keys) => new() { ["keys"] = new JsonArray([.. keys.Select(key => key.Public())]) };

    /// <summary>An assertion as it should be, but for the changes; a null takes a claim out.</summary>
    public string Assert(string clientId, DateTimeOffset now, params (string Claim, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = AuthServer.Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
        };
        foreach (var (claim, value) in changes)
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
        return Sign(claims, new(new ECDsaSecurityKey(_key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256), Type);
    }

    /// <summary>The <c>typ</c> of its assertions.</summary>
    public string? Type { get; init; }

    public static string Sign(Dictionary<string, object> claims, SigningCredentials? credentials, string? type = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor { Claims = claims, SigningCredentials = credentials, TokenType = type });

    private JsonObject Of(ECDsaSecurityKey key)
    {
        var json = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
        var set = new JsonObject { ["kty"] = json.Kty, ["crv"] = json.Crv, ["x"] = json.X, ["y"] = json.Y, ["kid"] = id, ["use"] = "sig" };
        if (json.D is not null) set["d"] = json.D;
        return set;
    }
}
