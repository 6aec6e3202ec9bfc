using System.Text.Json.Nodes;
using Nexus.Auth.Authorization;
using Nexus.Auth.Http;
using static Nexus.Auth.Clients.MetadataReader;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Clients;

/// <summary>
/// Turns what a client sent into what gets registered (RFC 7591 §2): real clients' extra members are ignored,
/// what the server can't give yet is left out of the answer, and what makes no sense is refused by name.
/// </summary>
internal sealed class RegistrationRules(RedirectUriPolicy redirectUris)
{
    private const int MostNameCharacters = 200;

    private static readonly string[] AuthenticationMethods =
    [
        ClientAuthenticationMethods.None, ClientAuthenticationMethods.ClientSecretPost, ClientAuthenticationMethods.ClientSecretBasic,
        ClientMetadata.PrivateKeyJwt,
    ];

    // The server can't share a secret with a document that everybody reads (the draft's §4.1).
    private static readonly string[] DocumentAuthenticationMethods = [ClientAuthenticationMethods.None, ClientMetadata.PrivateKeyJwt];

    /// <summary>What a client registers.</summary>
    /// <exception cref="OAuthException">A member makes no sense.</exception>
    public ClientMetadata Read(JsonObject body)
    {
        var reader = new MetadataReader(body);
        var method = AuthenticationMethod(reader, AuthenticationMethods, ClientAuthenticationMethods.ClientSecretBasic);
        return Read(reader, method, GrantRules.Read(reader, method));
    }

    /// <summary>What a client publishes in its metadata document.</summary>
    /// <exception cref="OAuthException">A member makes no sense.</exception>
    public ClientMetadata ReadDocument(JsonObject body, string url)
    {
        var reader = new MetadataReader(body);
        if (reader.Text("client_id") != url) throw Problem("client_id", "is not the URL of the document, character by character");
        if (body.ContainsKey("client_secret") || body.ContainsKey("client_secret_expires_at"))
            throw Problem("client_secret", "can't be in a document that everybody reads");
        var method = AuthenticationMethod(reader, DocumentAuthenticationMethods, ClientAuthenticationMethods.None);
        return Read(reader, method, GrantRules.ReadDocument(reader));
    }

    private ClientMetadata Read(MetadataReader reader, string method, IReadOnlyList<string> grants) => new()
    {
        RedirectUris = RedirectUris(reader, grants),
        AuthenticationMethod = method,
        GrantTypes = grants,
        ResponseTypes = ResponseTypes(reader, grants),
        Keys = Keys(reader, method),
        KeysUri = KeysUri(reader, method),
        Scope = Scope(reader),
        Name = Name(reader),
        ApplicationType = ApplicationType(reader),
        ClientUri = reader.WebAddress("client_uri"),
        LogoUri = reader.WebAddress("logo_uri"),
        TermsUri = reader.WebAddress("tos_uri"),
        PolicyUri = reader.WebAddress("policy_uri"),
        Contacts = reader.Texts("contacts"),
        SoftwareId = reader.Text("software_id"),
        SoftwareVersion = reader.Text("software_version"),
    };

    private IReadOnlyList<string> RedirectUris(MetadataReader reader, IReadOnlyList<string> grants)
    {
        var uris = reader.Texts("redirect_uris") ?? [];
        if (uris is [] && grants.Contains(GrantTypes.AuthorizationCode)) throw RedirectProblem("redirect_uris needs at least one URI");
        if (uris.Count > RedirectUriPolicy.MostUris)
            throw RedirectProblem($"redirect_uris has more than {RedirectUriPolicy.MostUris} URIs");
        foreach (var uri in uris)
            if (redirectUris.ProblemOf(uri) is { } problem) throw RedirectProblem($"{Printable.Shorten(uri)} {problem}");
        return uris;
    }

    private static string AuthenticationMethod(MetadataReader reader, string[] allowed, string usual)
    {
        var method = reader.Text("token_endpoint_auth_method") ?? usual;
        return allowed.Contains(method)
            ? method
            : throw Problem("token_endpoint_auth_method", $"must be one of {string.Join(", ", allowed)}");
    }

    // RFC 7591 §2: one or the other. Other clients have no use for them.
    private static JsonObject? Keys(MetadataReader reader, string method)
    {
        if (method is not ClientMetadata.PrivateKeyJwt) return null;
        if (reader.Has("jwks") == reader.Has("jwks_uri"))
            throw Problem("jwks", "or jwks_uri, one and not both, goes with token_endpoint_auth_method=private_key_jwt");
        return reader.Has("jwks") ? ClientKeySet.Read(reader.Node("jwks")) : null;
    }

    private static string? KeysUri(MetadataReader reader, string method)
    {
        if (method is not ClientMetadata.PrivateKeyJwt || reader.Text("jwks_uri") is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && uri.UserInfo is ""
            ? text
            : throw Problem("jwks_uri", "is not an https URL");
    }

    private static string[] ResponseTypes(MetadataReader reader, IReadOnlyList<string> grants)
    {
        string[] ours = grants.Contains(GrantTypes.AuthorizationCode) ? ["code"] : [];
        return reader.Texts("response_types") switch
        {
            null or [] when ours is [] => ours,
            null or ["code"] => ours,
            _ => throw Problem("response_types", "must be [\"code\"]"),
        };
    }

    // Unknown scopes are dropped; none left is as none sent.
    private static string? Scope(MetadataReader reader)
    {
        var known = reader.Text("scope")?.Split(' ').Where(OfferedScopes.All.Contains).Distinct().ToArray();
        return known is null or [] ? null : string.Join(' ', known);
    }

    private static string? Name(MetadataReader reader)
    {
        var name = reader.Text("client_name")?.Trim();
        return name?.Length > MostNameCharacters
            ? throw Problem("client_name", $"is longer than {MostNameCharacters} characters")
            : name;
    }

    private static string? ApplicationType(MetadataReader reader) => reader.Text("application_type") switch
    {
        null or ApplicationTypes.Native or ApplicationTypes.Web => reader.Text("application_type"),
        _ => throw Problem("application_type", "must be native or web"),
    };

    private static OAuthException RedirectProblem(string problem) => new("invalid_redirect_uri", problem);
}
