using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Core.Organizations;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Answers <c>client_credentials</c>: the client acts as its service account, as long as that is a member of its organisation.</summary>
internal sealed class ServiceAccountGrant(ClientDirectory clients, OrganizationDirectory organizations, GrantFactory grants)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<ServiceAccountGrant>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order - 500)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType()) return;

        var client = await clients.GetAsync(context.ClientId!, context.CancellationToken);
        if (client is not { ServiceAccountId: { } account, OrganizationId: { } organization })
        {
            context.Reject(Errors.UnauthorizedClient, "client_credentials is for clients that an Admin made for a service account");
            return;
        }

        if (await organizations.FindAsync(account, organization, context.CancellationToken) is not { } membership)
        {
            context.Reject(Errors.InvalidGrant, "the service account of this client is no longer there");
            return;
        }

        var scopes = OfferedScopes.For(context.Request.GetScopes(), client, membership.Role);
        if (scopes is []) context.Reject(Errors.InvalidScope, "none of these scopes is this client's and open to its account's role");
        else context.Principal = grants.CreateForServiceAccount(membership, scopes);
    }
}
