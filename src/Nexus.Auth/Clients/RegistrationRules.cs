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
        [ClientAuthenticationMethods.None, ClientAuthenticationMethods.ClientSecretPost, ClientAuthenticationMethods.ClientSecretBasic];

    private static readonly string[] SupportedGrants = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken];

    // Asked for by clients in the field; the answer says that they don't get them.
    private static readonly string[] ToleratedGrants = [GrantTypes.DeviceCode, GrantTypes.ClientCredentials];

    public ClientMetadata Read(JsonObject body)
    {
        var reader = new MetadataReader(body);
        return new()
        {
            RedirectUris = RedirectUris(reader),
            AuthenticationMethod = AuthenticationMethod(reader),
            GrantTypes = Grants(reader),
            ResponseTypes = ResponseTypes(reader),
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
    }

    private IReadOnlyList<string> RedirectUris(MetadataReader reader)
    {
        var uris = reader.Texts("redirect_uris");
        if (uris is null or []) throw RedirectProblem("redirect_uris needs at least one URI");
        if (uris.Count > RedirectUriPolicy.MostUris)
            throw RedirectProblem($"redirect_uris has more than {RedirectUriPolicy.MostUris} URIs");
        foreach (var uri in uris)
            if (redirectUris.ProblemOf(uri) is { } problem) throw RedirectProblem($"{Printable.Shorten(uri)} {problem}");
        return uris;
    }

    private static string AuthenticationMethod(MetadataReader reader)
    {
        var method = reader.Text("token_endpoint_auth_method") ?? ClientAuthenticationMethods.ClientSecretBasic;
        return AuthenticationMethods.Contains(method)
            ? method
            : throw Problem("token_endpoint_auth_method", $"must be one of {string.Join(", ", AuthenticationMethods)}");
    }

    private static string[] Grants(MetadataReader reader)
    {
        var asked = reader.Texts("grant_types") ?? [GrantTypes.AuthorizationCode];
        if (asked.FirstOrDefault(grant => !SupportedGrants.Contains(grant) && !ToleratedGrants.Contains(grant)) is { } unknown)
            throw Problem("grant_types", $"can't have {Printable.Shorten(unknown)}; use {string.Join(" and ", SupportedGrants)}");
        if (asked.Contains(GrantTypes.ClientCredentials) && AuthenticationMethod(reader) is ClientAuthenticationMethods.None)
            throw Problem("grant_types", "can't have client_credentials with token_endpoint_auth_method=none");
        return asked.Contains(GrantTypes.AuthorizationCode)
            ? [.. SupportedGrants.Where(asked.Contains)]
            : throw Problem("grant_types", "needs authorization_code");
    }

    private static IReadOnlyList<string> ResponseTypes(MetadataReader reader)
    {
        var asked = reader.Texts("response_types") ?? ["code"];
        return asked is ["code"] ? asked : throw Problem("response_types", "must be [\"code\"]");
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
