using Nexus.Auth.Clients;
using Nexus.Core.Access;
using static OpenIddict.Abstractions.OpenIddictConstants.Scopes;

namespace Nexus.Auth.Authorization;

/// <summary>The scopes of this server, and which of them an authorization can be about.</summary>
internal static class OfferedScopes
{
    /// <summary>About the person, and about staying connected; not about deployments.</summary>
    public static IReadOnlyList<string> Identity { get; } = [OpenId, Profile, Email, OfflineAccess];

    /// <summary>All, in the order in which metadata shows them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Scopes.All, .. Identity];

    /// <summary>
    /// What is left of a request: scopes that the client may have and the person's role can use. A request without scopes means
    /// what the client registered, or else reading.
    /// </summary>
    public static IReadOnlyList<string> For(IReadOnlyList<string> asked, OAuthClient client, Role role)
    {
        if (asked is []) asked = client.RegisteredScopes() ?? [Scopes.DeploymentsRead];
        var ceiling = client.ScopeCeiling();
        var useful = AccessPolicy.UsefulScopes(role);
        return [.. All.Where(scope =>
            asked.Contains(scope) &&
            (ceiling is null || ceiling.Contains(scope) || scope is OfflineAccess) &&
            (Identity.Contains(scope) || useful.Contains(scope)))];
    }
}
