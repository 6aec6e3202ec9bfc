using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>
/// Keeps access tokens to the claims of RFC 9068: <c>jti</c> is the id of the token's record,
/// and OpenIddict's private claims stay out, since clients and other resource servers read these tokens.
/// </summary>
internal sealed class PlainAccessTokenClaims :
    IOpenIddictServerHandler<GenerateTokenContext>,
    IOpenIddictServerHandler<ValidateTokenContext>
{
    private static readonly string[] Internals = [Claims.Private.AuthorizationId, Claims.Private.Presenter, Claims.Private.TokenId];

    public static OpenIddictServerHandlerDescriptor AtGeneration { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<PlainAccessTokenClaims>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenMetadata.Descriptor.Order + 200)
            .Build();

    public static OpenIddictServerHandlerDescriptor AtValidation { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<PlainAccessTokenClaims>()
            .SetOrder(OpenIddictServerHandlers.Protection.MapInternalClaims.Descriptor.Order + 100)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is not TokenTypeIdentifiers.AccessToken) return ValueTask.CompletedTask;

        var subject = context.SecurityTokenDescriptor.Subject;
        foreach (var claim in subject.Claims.Where(claim => Internals.Contains(claim.Type)).ToArray())
            subject.RemoveClaim(claim);
        context.SecurityTokenDescriptor.Claims[Claims.JwtId] = context.Principal.GetTokenId()!;
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is { } principal && principal.HasTokenType(TokenTypeIdentifiers.AccessToken))
            principal.SetTokenId(principal.FindFirstValue(Claims.JwtId));
        return ValueTask.CompletedTask;
    }
}
