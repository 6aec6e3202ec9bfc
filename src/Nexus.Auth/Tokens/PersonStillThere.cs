using System.Globalization;
using System.Security.Claims;
using Nexus.Auth.Authorization;
using Nexus.Auth.Storage;
using Nexus.Core.Organizations;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Issues no more tokens for a person who left the organisation, or whose password has changed since the authorization.</summary>
internal sealed class PersonStillThere(AuthDbContext db, AuthReads reads, OrganizationDirectory organizations)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<PersonStillThere>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType()) return; // No person; ServiceAccountGrant has asked for the account.

        var principal = context.Principal!;
        var account = Guid.Parse(principal.FindFirstValue(Claims.Subject)!);
        var stamp = await reads.SecurityStamp(db, account, context.CancellationToken);
        if (stamp is null || stamp != principal.FindFirstValue(GrantClaims.SecurityStamp))
        {
            context.Reject(Errors.InvalidGrant, "the account or its password has changed since the authorization; authorize again");
            return;
        }

        var organization = Guid.Parse(principal.FindFirstValue(GrantClaims.Organization)!);
        if (await organizations.FindAsync(account, organization, context.CancellationToken) is not { } membership ||
            AuthorizedAt(principal) < membership.JoinedAt.ToUnixTimeSeconds())
            context.Reject(Errors.InvalidGrant, "the person no longer belongs to the organisation of this authorization");
    }

    // Who was removed and came back has to allow everything anew.
    private static long AuthorizedAt(ClaimsPrincipal principal) =>
        long.Parse(principal.FindFirstValue(GrantClaims.AuthorizedAt)!, CultureInfo.InvariantCulture);
}
