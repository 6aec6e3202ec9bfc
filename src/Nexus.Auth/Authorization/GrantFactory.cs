using System.Security.Claims;
using Nexus.Auth.Accounts;
using Nexus.Core.Organizations;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Authorization;

/// <summary>Makes the principal that codes and tokens are issued for.</summary>
internal sealed class GrantFactory(AuthAddresses addresses, TimeProvider time)
{
    public ClaimsPrincipal Create(
        Account account, Membership membership, IReadOnlyList<string> scopes, DateTimeOffset authenticatedAt)
    {
        var identity = new ClaimsIdentity("nexus", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Id.ToString());
        identity.SetClaim(Claims.Name, account.Name);
        identity.SetClaim(Claims.Email, account.Email);
        identity.SetClaim(Claims.EmailVerified, account.EmailConfirmed);
        identity.SetClaim(Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds());
        identity.SetClaim(GrantClaims.Organization, membership.OrganizationId.ToString());
        identity.SetClaim(GrantClaims.AuthorizedAt, time.GetUtcNow().ToUnixTimeSeconds());
        identity.SetClaim(GrantClaims.SecurityStamp, account.SecurityStamp);
        identity.SetScopes(scopes);
        identity.SetResources(addresses.Resource);
        identity.SetDestinations(claim => DestinationsOf(claim, scopes));
        return new(identity);
    }

    /// <summary>For a client that acts by itself; there is no person to know anything of.</summary>
    public ClaimsPrincipal CreateForServiceAccount(Membership membership, IReadOnlyList<string> scopes)
    {
        var identity = new ClaimsIdentity("nexus", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, membership.UserId.ToString());
        identity.SetClaim(GrantClaims.Organization, membership.OrganizationId.ToString());
        identity.SetScopes(scopes);
        identity.SetResources(addresses.Resource);
        identity.SetDestinations(claim => DestinationsOf(claim, scopes));
        return new(identity);
    }

    private static string[] DestinationsOf(Claim claim, IReadOnlyList<string> scopes) => claim.Type switch
    {
        GrantClaims.Organization => [Destinations.AccessToken],
        Claims.AuthenticationTime => [Destinations.IdentityToken],
        Claims.Name when scopes.Contains(Scopes.Profile) => [Destinations.IdentityToken],
        Claims.Email or Claims.EmailVerified when scopes.Contains(Scopes.Email) => [Destinations.IdentityToken],
        _ => [],
    };
}
