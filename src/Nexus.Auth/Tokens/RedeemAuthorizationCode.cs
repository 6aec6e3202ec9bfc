using Nexus.Auth.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Uses up an authorization code. Of two exchanges at once the later one is a replay.</summary>
internal sealed class RedeemAuthorizationCode(AuthDbContext db, TokenFamilies families, TimeProvider time)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RedeemAuthorizationCode>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || !context.Request.IsAuthorizationCodeGrantType())
            return;

        var code = Guid.Parse(context.Principal!.GetTokenId()!);
        if (await db.Tokens.TryRedeemAsync(code, time.GetUtcNow(), context.CancellationToken)) return;

        var grant = Guid.Parse(context.Principal!.GetAuthorizationId()!);
        await families.RevokeAsync(grant, $"the code {code} was used twice at once", context.CancellationToken);
        context.Reject(
            Errors.InvalidGrant, "the authorization code was already used; every token that it gave is revoked");
    }
}
