using Nexus.Auth.Auditing;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Revokes an access token alone, and with a refresh token everything of its authorization (RFC 7009 §2.1).</summary>
internal sealed class RevokeToken(IOpenIddictTokenManager tokens, TokenFamilies families, AuthAudit audit)
    : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
            .UseScopedHandler<RevokeToken>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var principal = context.GenericTokenPrincipal;
        if (principal.HasTokenType(TokenTypeIdentifiers.RefreshToken) &&
            Guid.TryParse(principal.GetAuthorizationId(), out var grant))
        {
            await families.RevokeAsync(grant, "its client revoked it", context.CancellationToken);
        }
        else if (principal.GetTokenId() is { } id && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token)
        {
            await tokens.TryRevokeAsync(token, context.CancellationToken);
            await audit.WriteAsync(
                new(AuthEvent.RevokeToken)
                {
                    AccountId = Guid.TryParse(principal.GetClaim(Claims.Subject), out var account) ? account : null,
                    ClientId = context.Request.ClientId,
                    TokenId = id,
                },
                context.CancellationToken);
        }
    }
}
