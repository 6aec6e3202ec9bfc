using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nexus.Auth.Clients;

/// <summary>What a client registered about itself (RFC 7591 §2), by the names it has on the wire.</summary>
internal sealed record ClientMetadata
{
    public const string PrivateKeyJwt = "private_key_jwt";

    [JsonPropertyName("redirect_uris")]
    public required IReadOnlyList<string> RedirectUris { get; init; }

    [JsonPropertyName("token_endpoint_auth_method")]
    public required string AuthenticationMethod { get; init; }

    [JsonPropertyName("grant_types")]
    public required IReadOnlyList<string> GrantTypes { get; init; }

    [JsonPropertyName("response_types")]
    public IReadOnlyList<string> ResponseTypes { get; init; } = ["code"];

    /// <summary>Space-separated; null for a client that registered none and may ask for any.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("client_name")]
    public string? Name { get; init; }

    [JsonPropertyName("application_type")]
    public string? ApplicationType { get; init; }

    [JsonPropertyName("client_uri")]
    public string? ClientUri { get; init; }

    [JsonPropertyName("logo_uri")]
    public string? LogoUri { get; init; }

    [JsonPropertyName("tos_uri")]
    public string? TermsUri { get; init; }

    [JsonPropertyName("policy_uri")]
    public string? PolicyUri { get; init; }

    [JsonPropertyName("contacts")]
    public IReadOnlyList<string>? Contacts { get; init; }

    [JsonPropertyName("software_id")]
    public string? SoftwareId { get; init; }

    [JsonPropertyName("software_version")]
    public string? SoftwareVersion { get; init; }

    /// <summary>The client's public keys; null when it publishes them at <see cref="KeysUri"/>, or has none.</summary>
    [JsonPropertyName("jwks")]
    public JsonObject? Keys { get; init; }

    [JsonPropertyName("jwks_uri")]
    public string? KeysUri { get; init; }

    [JsonIgnore]
    public bool IsPublic => AuthenticationMethod is "none";

    [JsonIgnore]
    public bool HasSecret => AuthenticationMethod is "client_secret_post" or "client_secret_basic";
}

/// <summary>The answer to a registration (RFC 7591 §3.2.1, RFC 7592 §3).</summary>
internal sealed record RegistrationResponse(
    string ClientId, DateTimeOffset IssuedAt, string? ClientSecret, string RegistrationToken, string RegistrationUri)
{
    /// <summary>The metadata with the client's credentials before it.</summary>
    public JsonObject With(ClientMetadata metadata)
    {
        var answer = new JsonObject
        {
            ["client_id"] = ClientId,
            ["client_id_issued_at"] = IssuedAt.ToUnixTimeSeconds(),
        };
        if (ClientSecret is not null) answer["client_secret"] = ClientSecret;
        if (metadata.HasSecret) answer["client_secret_expires_at"] = 0;
        answer["registration_access_token"] = RegistrationToken;
        answer["registration_client_uri"] = RegistrationUri;
        foreach (var (name, value) in ClientMetadataJson.ToObject(metadata)) answer[name] = value?.DeepClone();
        return answer;
    }
}
