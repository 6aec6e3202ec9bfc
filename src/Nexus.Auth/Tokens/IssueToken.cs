using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Puts codes and tokens into the <see cref="Issuance"/>, where OpenIddict would store each by itself and codes twice. A refresh token gets
/// the only reference that it can have (<see cref="RefreshTokenChain"/>): whoever comes second finds it there and hands out the same one.
/// </summary>
internal sealed class IssueToken(Issuance issuance, RefreshTokenChain chain, ClientDirectory clients)
    : IOpenIddictServerHandler<GenerateTokenContext>
{
    private const int ReferenceBytes = 32;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseScopedHandler<IssueToken>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenPayload.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (!OwnTokenStorage.Is(context)) return;

        var reference = ReferenceOf(context);
        var client = await clients.GetAsync(context.ClientId!, context.CancellationToken);
        issuance.Tokens.Add(new(
            RecordOf(context, reference), client.Id, Guid.TryParse(context.Principal.GetAuthorizationId(), out var grant) ? grant : null));
        if (reference is not null) context.Token = reference;
    }

    private string? ReferenceOf(GenerateTokenContext context) => context switch
    {
        { IsReferenceToken: false } => null,
        { TokenType: not TokenTypeIdentifiers.RefreshToken } => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(ReferenceBytes)),
        { Transaction.Request.RefreshToken: { } predecessor } => chain.SuccessorOf(predecessor),
        _ => RefreshTokenChain.First(),
    };

    private static OAuthToken RecordOf(GenerateTokenContext context, string? reference) => new()
    {
        Id = Guid.Parse(context.Principal.GetTokenId()!),
        CreationDate = context.Principal.GetCreationDate()?.UtcDateTime,
        ExpirationDate = context.Principal.GetExpirationDate()?.UtcDateTime,
        Payload = reference is null ? null : context.Token,
        ReferenceId = reference is null ? null : RefreshTokenChain.Hash(reference),
        Status = Statuses.Valid,
        Subject = context.Principal.FindFirstValue(Claims.Subject),
        Type = context.TokenType,
    };
}
