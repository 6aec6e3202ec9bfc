using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Lets a refresh ask for fewer scopes than were granted, never for more (RFC 6749 §6).</summary>
internal sealed class GrantedScopes : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<GrantedScopes>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsRefreshTokenGrantType() &&
            context.Request.GetScopes().Except(context.RefreshTokenPrincipal!.GetScopes()).Any())
            context.Reject(OpenIddictConstants.Errors.InvalidScope, "scope asks for more than the person granted; authorize again for more");
        return ValueTask.CompletedTask;
    }
}
