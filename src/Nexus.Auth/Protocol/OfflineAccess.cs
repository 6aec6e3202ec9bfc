using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Leaves <c>offline_access</c> out for a client that isn't registered for refresh tokens, where OpenIddict would refuse the request.</summary>
internal sealed class OfflineAccess(IOpenIddictApplicationManager clients) : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseScopedHandler<OfflineAccess>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateGrantTypePermissions.Descriptor.Order - 500)
            .Build();

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (!context.Request.HasScope(Scopes.OfflineAccess) ||
            await clients.FindByClientIdAsync(context.ClientId!, context.CancellationToken) is not { } client ||
            await clients.HasPermissionAsync(client, Permissions.GrantTypes.RefreshToken, context.CancellationToken))
            return;

        var others = string.Join(' ', context.Request.GetScopes().Remove(Scopes.OfflineAccess));
        context.Request.Scope = others.Length > 0 ? others : null;
    }
}
