using System.Text.Json.Serialization;
using Nexus.Auth.Authorization;
using Nexus.Auth.Keys;
using Nexus.Auth.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Discovery;

/// <summary>What clients discover (RFC 8414, OpenID Connect Discovery): one document at both addresses, and only what is there.</summary>
internal sealed class ServerMetadata(AuthOptions options, AuthAddresses addresses, SigningKeyRing keys)
{
    [JsonPropertyName("issuer")]
    public string Issuer => addresses.Issuer;

    [JsonPropertyName("authorization_endpoint")]
    public string Authorization => addresses.UrlOf(AuthPaths.Authorize);

    [JsonPropertyName("token_endpoint")]
    public string Token => addresses.UrlOf(AuthPaths.Token);

    [JsonPropertyName("userinfo_endpoint")]
    public string UserInfo => addresses.UrlOf(AuthPaths.UserInfo);

    [JsonPropertyName("registration_endpoint")]
    public string Registration => addresses.UrlOf(AuthPaths.Register);

    [JsonPropertyName("revocation_endpoint")]
    public string Revocation => addresses.UrlOf(AuthPaths.Revoke);

    [JsonPropertyName("introspection_endpoint")]
    public string Introspection => addresses.UrlOf(AuthPaths.Introspect);

    [JsonPropertyName("device_authorization_endpoint")]
    public string DeviceAuthorization => addresses.UrlOf(AuthPaths.DeviceAuthorization);

    [JsonPropertyName("jwks_uri")]
    public string Keys => addresses.UrlOf(AuthPaths.Keys);

    [JsonPropertyName("scopes_supported")]
    public IReadOnlyList<string> Scopes { get; } = OfferedScopes.All;

    [JsonPropertyName("response_types_supported")]
    public IReadOnlyList<string> ResponseTypes { get; } = ["code"];

    [JsonPropertyName("response_modes_supported")]
    public IReadOnlyList<string> ResponseModes { get; } = ["query"];

    [JsonPropertyName("grant_types_supported")]
    public IReadOnlyList<string> GrantTypes { get; } =
        ["authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"];

    [JsonPropertyName("token_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> TokenAuthentication { get; } =
        ["none", "client_secret_post", "client_secret_basic", "private_key_jwt"];

    [JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")]
    public IReadOnlyList<string> TokenAuthenticationAlgorithms { get; } = ClientAssertionKeys.Algorithms;

    [JsonPropertyName("revocation_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> RevocationAuthentication { get; } =
        ["none", "client_secret_post", "client_secret_basic", "private_key_jwt"];

    [JsonPropertyName("revocation_endpoint_auth_signing_alg_values_supported")]
    public IReadOnlyList<string> RevocationAuthenticationAlgorithms { get; } = ClientAssertionKeys.Algorithms;

    [JsonPropertyName("introspection_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> IntrospectionAuthentication { get; } =
        ["client_secret_post", "client_secret_basic", "private_key_jwt"];

    [JsonPropertyName("introspection_endpoint_auth_signing_alg_values_supported")]
    public IReadOnlyList<string> IntrospectionAuthenticationAlgorithms { get; } = ClientAssertionKeys.Algorithms;

    [JsonPropertyName("code_challenge_methods_supported")]
    public IReadOnlyList<string> CodeChallengeMethods { get; } = ["S256"];

    [JsonPropertyName("authorization_response_iss_parameter_supported")]
    public bool NamesIssuerInAnswers { get; } = true;

    [JsonPropertyName("client_id_metadata_document_supported")]
    public bool TakesMetadataDocuments => options.TakesMetadataDocuments;

    [JsonPropertyName("protected_resources")]
    public IReadOnlyList<string> ProtectedResources => [addresses.Resource];

    [JsonPropertyName("prompt_values_supported")]
    public IReadOnlyList<string> Prompts { get; } =
        [PromptValues.None, PromptValues.Login, PromptValues.Consent, PromptValues.SelectAccount];

    [JsonPropertyName("subject_types_supported")]
    public IReadOnlyList<string> SubjectTypes { get; } = ["public"];

    [JsonPropertyName("id_token_signing_alg_values_supported")]
    public IReadOnlyList<string> IdentityTokenAlgorithms => keys.Algorithms;

    [JsonPropertyName("claims_supported")]
    public IReadOnlyList<string> Claims { get; } =
        ["sub", "iss", "aud", "exp", "iat", "auth_time", "name", "email", "email_verified"];

    [JsonPropertyName("claims_parameter_supported")]
    public bool TakesClaims { get; }

    [JsonPropertyName("request_parameter_supported")]
    public bool TakesRequestObjects { get; }

    // OpenID Connect Discovery §3: left out, it would mean true.
    [JsonPropertyName("request_uri_parameter_supported")]
    public bool TakesRequestUris { get; }
}
