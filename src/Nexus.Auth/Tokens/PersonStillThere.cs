using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Authorization;
using Nexus.Core.Organizations;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Issues no more tokens for a person who left the organisation, or whose password has changed since the authorization.</summary>
internal sealed class PersonStillThere(UserManager<Account> accounts, OrganizationDirectory organizations)
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
        var account = await accounts.FindByIdAsync(principal.FindFirstValue(Claims.Subject)!);
        if (account is null || account.SecurityStamp != principal.FindFirstValue(GrantClaims.SecurityStamp))
        {
            context.Reject(Errors.InvalidGrant, "the account or its password has changed since the authorization; authorize again");
            return;
        }

        var organization = Guid.Parse(principal.FindFirstValue(GrantClaims.Organization)!);
        if (await organizations.FindAsync(account.Id, organization, context.CancellationToken) is not { } membership ||
            AuthorizedAt(principal) < membership.JoinedAt.ToUnixTimeSeconds())
            context.Reject(Errors.InvalidGrant, "the person no longer belongs to the organisation of this authorization");
    }

    // Who was removed and came back has to allow everything anew.
    private static long AuthorizedAt(ClaimsPrincipal principal) =>
        long.Parse(principal.FindFirstValue(GrantClaims.AuthorizedAt)!, CultureInfo.InvariantCulture);
}
