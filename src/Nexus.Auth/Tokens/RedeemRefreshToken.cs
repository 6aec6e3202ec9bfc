using Nexus.Auth.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Marks a refresh token as used, once its successor is stored: a crash in between costs the client nothing.</summary>
internal sealed class RedeemRefreshToken(AuthDbContext db, TimeProvider time) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RedeemRefreshToken>()
            .SetOrder(OpenIddictServerHandlers.GenerateRefreshToken.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || !context.Request.IsRefreshTokenGrantType())
            return;

        var used = Guid.Parse(context.Principal!.GetTokenId()!);
        await db.Tokens.TryRedeemAsync(used, time.GetUtcNow(), context.CancellationToken);
    }
}
