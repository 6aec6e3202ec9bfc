using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Has the code or refresh token of a request marked as used, in the same moment in which what came of it is stored.</summary>
internal sealed class UseUp(Issuance issuance) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<UseUp>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token) return ValueTask.CompletedTask;

        if (context.Request.IsAuthorizationCodeGrantType()) issuance.UsedCode = Guid.Parse(context.Principal!.GetTokenId()!);
        else if (context.Request.IsRefreshTokenGrantType()) issuance.UsedRefreshToken = Guid.Parse(context.Principal!.GetTokenId()!);
        return ValueTask.CompletedTask;
    }
}
