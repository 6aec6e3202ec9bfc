using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Auditing;
using Nexus.Auth.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Ends all tokens of an authorization. The grant is marked as well as its tokens, so that a token
/// which another request is about to issue is dead on arrival.
/// </summary>
internal sealed partial class TokenFamilies(AuthDbContext db, AuthAudit audit, ILogger<TokenFamilies> logger)
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
        var grant = await db.Grants.AsNoTracking().Where(grant => grant.Id == grantId)
            .Select(grant => new { grant.Subject, grant.Application!.ClientId }).FirstOrDefaultAsync(cancellationToken);
        await audit.WriteAsync(
            new(AuthEvent.RevokeGrant)
            {
                AccountId = Guid.TryParse(grant?.Subject, out var account) ? account : null,
                ClientId = grant?.ClientId,
                Target = grantId.ToString(),
                Details = new Dictionary<string, object?> { ["reason"] = reason, ["tokens"] = count },
            },
            cancellationToken);
    }

    /// <summary>Ends every token that a person gave: to one client, or to all of them for null.</summary>
    public async Task RevokeAllAsync(Guid accountId, Guid? clientId, CancellationToken cancellationToken)
    {
        var subject = accountId.ToString();
        var grants = await db.Grants
            .Where(grant => grant.Subject == subject && (clientId == null || grant.Application!.Id == clientId))
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.Status, Statuses.Revoked), cancellationToken);
        await db.Tokens
            .Where(token => token.Authorization!.Subject == subject && (clientId == null || token.Application!.Id == clientId))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.Status, Statuses.Revoked), cancellationToken);
        LogRevokedAll(accountId, grants);
        await audit.WriteAsync(
            new(AuthEvent.RevokeGrants)
            {
                AccountId = accountId,
                Target = clientId?.ToString(),
                Details = new Dictionary<string, object?> { ["grants"] = grants },
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Revoked {Count} grants of the account {Account}, as the person asked")]
    private partial void LogRevokedAll(Guid account, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revoked the grant {Grant} and its {Count} tokens: {Reason}")]
    private partial void LogRevoked(Guid grant, int count, string reason);
}
