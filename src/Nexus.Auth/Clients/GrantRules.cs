using Nexus.Auth.Http;
using static Nexus.Auth.Clients.MetadataReader;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Clients;

/// <summary>
/// Which grant types a client that registers itself gets. Not <c>client_credentials</c>: there is no person behind it, so an Admin
/// makes such clients for service accounts; the answer to the registration leaves the grant out (RFC 7591 §3.2.1).
/// </summary>
internal static class GrantRules
{
    private static readonly string[] Given = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken, GrantTypes.DeviceCode];

    public static IReadOnlyList<string> Read(MetadataReader reader, string authenticationMethod)
    {
        var asked = reader.Texts("grant_types") ?? [GrantTypes.AuthorizationCode];
        if (asked.FirstOrDefault(grant => !Given.Contains(grant) && grant is not GrantTypes.ClientCredentials) is { } unknown)
            throw Problem("grant_types", $"can't have {Printable.Shorten(unknown)}; use some of {string.Join(", ", Given)}");
        if (asked.Contains(GrantTypes.ClientCredentials) && authenticationMethod is ClientAuthenticationMethods.None)
            throw Problem("grant_types", "can't have client_credentials with token_endpoint_auth_method=none");
        return asked.Any(grant => grant is not GrantTypes.RefreshToken)
            ? [.. Given.Where(asked.Contains)]
            : throw Problem("grant_types", "needs a grant that refresh tokens come of, e.g. authorization_code");
    }

    /// <summary>The same for a document, which is written for every server in the world: what isn't ours is for others.</summary>
    public static IReadOnlyList<string> ReadDocument(MetadataReader reader)
    {
        var asked = reader.Texts("grant_types") ?? [GrantTypes.AuthorizationCode];
        return asked.Contains(GrantTypes.AuthorizationCode) || asked.Contains(GrantTypes.DeviceCode)
            ? [.. Given.Where(asked.Contains)]
            : throw Problem("grant_types", "needs authorization_code or device_code");
    }
}
