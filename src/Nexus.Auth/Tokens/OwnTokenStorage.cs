using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Keeps OpenIddict from storing codes and tokens one by one; <see cref="StoreIssued"/> stores them. Codes of devices stay its own.</summary>
internal sealed class OwnTokenStorage(TimeProvider time) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<OwnTokenStorage>()
            .SetOrder(OpenIddictServerHandlers.Protection.CreateTokenEntry.Descriptor.Order - 500)
            .Build();

    public static bool Is(GenerateTokenContext context) => context.TokenType is
        TokenTypeIdentifiers.Private.AuthorizationCode or TokenTypeIdentifiers.AccessToken or
        TokenTypeIdentifiers.RefreshToken or TokenTypeIdentifiers.IdentityToken;

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (!Is(context)) return ValueTask.CompletedTask;

        context.CreateTokenEntry = false;
        context.PersistTokenPayload = false;
        context.Principal.SetTokenId(Guid.CreateVersion7(time.GetUtcNow()).ToString());
        return ValueTask.CompletedTask;
    }
}
