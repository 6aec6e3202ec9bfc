using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Http;

namespace Nexus.Auth.Clients;

/// <summary>The public keys that a client signs its assertions with, as a JSON Web Key Set (RFC 7517 §5).</summary>
internal static class ClientKeySet
{
    public const int MostKeys = 10;
    private const int ShortestModulus = 2048 / 8;
    private const int LongestModulus = 8192 / 8;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
    private static readonly string[] KeptMembers = ["kty", "use", "alg", "kid", "n", "e", "crv", "x", "y"];

    /// <summary>The set with what matters of it, for a client that registers it.</summary>
    /// <exception cref="OAuthException">One of the keys is of no use here.</exception>
    public static JsonObject Read(JsonNode? set)
    {
        if (KeysOf(set) is not { } keys) throw MetadataReader.Problem("jwks", "is not an object with an array of keys");
        if (keys.Count is 0 or > MostKeys) throw MetadataReader.Problem("jwks", $"must have 1 to {MostKeys} keys");
        if (keys.Select(ProblemOf).FirstOrDefault(problem => problem is not null) is { } problem)
            throw MetadataReader.Problem("jwks", $"has a key that {problem}");
        return new() { ["keys"] = new JsonArray([.. keys.Select(key => Kept(key!.AsObject()))]) };
    }

    /// <summary>The keys of a published set that can check a signature; others, e.g. for encryption, may be among them.</summary>
    public static IReadOnlyList<SecurityKey> UsableKeys(JsonNode? set) =>
        KeysOf(set) is { } keys
            ? [.. keys.Take(MostKeys).Where(key => ProblemOf(key) is null).Select(key => JsonWebKey.Create(Kept(key!.AsObject()).ToJsonString()))]
            : [];

    private static JsonArray? KeysOf(JsonNode? set) => (set as JsonObject)?["keys"] as JsonArray;

    private static string? ProblemOf(JsonNode? node)
    {
        if (node is not JsonObject key) return "is not an object";
        if (PrivateMembers.FirstOrDefault(key.ContainsKey) is { } secret) return $"holds a private part ({secret}); register public keys only";
        if (Text(key, "use") is { } use && use is not "sig") return "is not for signatures";
        return Text(key, "kty") switch
        {
            "RSA" => ProblemOfRsa(key),
            "EC" => ProblemOfCurve(key),
            _ => "is neither RSA nor EC",
        };
    }

    private static string? ProblemOfRsa(JsonObject key) =>
        Bytes(key, "n") is { Length: >= ShortestModulus and <= LongestModulus } && Bytes(key, "e") is { Length: > 0 and <= 8 }
            ? null
            : "is not an RSA key of 2048 to 8192 bits";

    private static string? ProblemOfCurve(JsonObject key)
    {
        var length = Text(key, "crv") switch { "P-256" => 32, "P-384" => 48, "P-521" => 66, _ => 0 };
        return length > 0 && Bytes(key, "x")?.Length == length && Bytes(key, "y")?.Length == length
            ? null
            : "is not on the curve P-256, P-384 or P-521";
    }

    private static JsonObject Kept(JsonObject key) =>
        new(KeptMembers.Where(member => Text(key, member) is not null).Select(member => KeyValuePair.Create<string, JsonNode?>(member, Text(key, member))));

    private static string? Text(JsonObject key, string member) =>
        key[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static byte[]? Bytes(JsonObject key, string member)
    {
        try
        {
            return Text(key, member) is { } text ? Base64UrlEncoder.DecodeBytes(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
