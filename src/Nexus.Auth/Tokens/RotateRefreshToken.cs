using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Clients;
using Nexus.Auth.Storage;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Stores a new refresh token in one insert, under the only reference it can have (<see cref="RefreshTokenChain"/>).
/// Whoever comes second finds the successor there and hands out the same one.
/// </summary>
internal sealed class RotateRefreshToken(AuthDbContext db, RefreshTokenChain chain, IOpenIddictApplicationManager clients)
    : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseScopedHandler<RotateRefreshToken>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenPayload.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is not TokenTypeIdentifiers.RefreshToken) return;

        var reference = context.Transaction.Request?.RefreshToken is { Length: > 0 } predecessor
            ? chain.SuccessorOf(predecessor)
            : RefreshTokenChain.First();
        if (await TryInsertAsync(context, reference) || await IsUnusedAsync(reference, context.CancellationToken))
            context.Token = reference;
        else
            context.Reject(Errors.InvalidGrant, "the refresh token was already used; use the one that came of it");
    }

    private async Task<bool> TryInsertAsync(GenerateTokenContext context, string reference)
    {
        var client = (OAuthClient)(await clients.FindByClientIdAsync(context.ClientId!, context.CancellationToken))!;
        var entry = db.Tokens.Add(new OAuthToken
        {
            Id = Guid.Parse(context.Principal.GetTokenId()!),
            CreationDate = context.Principal.GetCreationDate()?.UtcDateTime,
            ExpirationDate = context.Principal.GetExpirationDate()?.UtcDateTime,
            Payload = context.Token,
            ReferenceId = RefreshTokenChain.Hash(reference),
            Status = Statuses.Valid,
            Subject = context.Principal.FindFirstValue(Claims.Subject),
            Type = TokenTypeIdentifiers.RefreshToken,
        });
        entry.Property("ApplicationId").CurrentValue = client.Id;
        entry.Property("AuthorizationId").CurrentValue = Guid.Parse(context.Principal.GetAuthorizationId()!);
        try
        {
            await db.SaveChangesAsync(context.CancellationToken);
            return true;
        }
        catch (DbUpdateException) when (context.Transaction.Request?.RefreshToken is not null)
        {
            // Lost the race for the unique reference; any other fault leaves no successor, and the request is refused.
            entry.State = EntityState.Detached;
            return false;
        }
    }

    private async Task<bool> IsUnusedAsync(string reference, CancellationToken cancellationToken) =>
        await chain.FindAsync(reference, cancellationToken) is { Status: Statuses.Valid };
}
