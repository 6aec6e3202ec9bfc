using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Keeps OpenIddict from storing refresh tokens in two steps under a random reference; <see cref="RotateRefreshToken"/> stores them.</summary>
internal sealed class OwnRefreshTokenStorage(TimeProvider time) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<OwnRefreshTokenStorage>()
            .SetOrder(OpenIddictServerHandlers.Protection.CreateTokenEntry.Descriptor.Order - 500)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is not TokenTypeIdentifiers.RefreshToken) return ValueTask.CompletedTask;

        context.CreateTokenEntry = false;
        context.PersistTokenPayload = false;
        context.Principal.SetTokenId(Guid.CreateVersion7(time.GetUtcNow()).ToString());
        return ValueTask.CompletedTask;
    }
}
