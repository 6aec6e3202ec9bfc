using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.AccessTokens;

/// <summary>Asks the database which tokens are still alive: the token itself, and the grant that it came of.</summary>
internal sealed class TokenStatus(IDbContextFactory<AuthDbContext> database, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Records the answer in each of the entries.</summary>
    public async Task RefreshAsync(IReadOnlyCollection<CachedGrant> entries, CancellationToken cancellationToken)
    {
        foreach (var batch in entries.Chunk(BatchSize))
        {
            var askedAt = time.GetTimestamp();
            var alive = await AliveAsync([.. batch.Select(entry => entry.TokenId)], cancellationToken);
            foreach (var entry in batch) entry.Record(alive.Contains(entry.TokenId), askedAt);
        }
    }

    private async Task<HashSet<Guid>> AliveAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Tokens
            .Where(token =>
                ids.Contains(token.Id) && token.Status == Statuses.Valid &&
                (token.Authorization == null || token.Authorization.Status == Statuses.Valid))
            .Select(token => token.Id)
            .ToHashSetAsync(cancellationToken);
    }
}
