using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Ends all tokens of an authorization. The grant is marked as well as its tokens, so that a token
/// which another request is about to issue is dead on arrival.
/// </summary>
internal sealed partial class TokenFamilies(AuthDbContext db, ILogger<TokenFamilies> logger)
{
    public async Task RevokeAsync(Guid grantId, string reason, CancellationToken cancellationToken)
    {
        await db.Grants
            .Where(grant => grant.Id == grantId)
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.Status, Statuses.Revoked), cancellationToken);
        var count = await db.Tokens
            .Where(token => token.Authorization!.Id == grantId && token.Status != Statuses.Revoked)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.Status, Statuses.Revoked), cancellationToken);
        LogRevoked(grantId, count, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revoked the grant {Grant} and its {Count} tokens: {Reason}")]
    private partial void LogRevoked(Guid grant, int count, string reason);
}
