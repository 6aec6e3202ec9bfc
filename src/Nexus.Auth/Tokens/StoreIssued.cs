using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Stores all that the request issues before its answer leaves. Of two exchanges of a code at once the later one is a replay.</summary>
internal sealed class StoreIssued(Issuance issuance, IssuedTokens store, TokenFamilies families) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<StoreIssued>()
            .SetOrder(OpenIddictServerHandlers.GenerateIdentityToken.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (issuance.Tokens is []) return;
        switch (await store.StoreAsync(issuance))
        {
            case StoreOutcome.CodeWasUsed:
                var grant = Guid.Parse(context.Principal!.GetAuthorizationId()!);
                await families.RevokeAsync(grant, $"the code {issuance.UsedCode} was used twice at once", context.CancellationToken);
                context.Reject(Errors.InvalidGrant, "the authorization code was already used; every token that it gave is revoked");
                break;
            case StoreOutcome.RefreshTokenWasUsed:
                context.Reject(Errors.InvalidGrant, "the refresh token was already used; use the one that came of it");
                break;
        }
    }
}
