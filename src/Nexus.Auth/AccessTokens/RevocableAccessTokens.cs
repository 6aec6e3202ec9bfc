using Nexus.Core.Access;

namespace Nexus.Auth.AccessTokens;

/// <summary>
/// Judges access tokens for the MCP endpoint. A token in use costs a hash and a look-up; the sweep asks the database
/// for all of them together, so that a revocation counts within a second without a round trip in any request.
/// </summary>
internal sealed class RevocableAccessTokens(
    AccessTokenValidator validator, AccessTokenCache cache, TokenStatus status, TimeProvider time) : IAccessTokens
{
    /// <summary>How long an answer of the database counts; longer than the sweep's interval, and below a second.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);

    private static readonly AccessTokenVerdict Revoked = AccessTokenVerdict.Invalid("the access token is revoked");

    public async ValueTask<AccessTokenVerdict> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        var entry = cache.Find(token);
        if (entry is null)
        {
            var verdict = await validator.ValidateAsync(token);
            if (verdict.Grant is not { } grant) return verdict;
            entry = new CachedGrant(Guid.Parse(grant.TokenId), verdict);
            cache.Add(token, entry);
        }

        // A token that rested for a while is asked for by itself; if the database can't answer, nobody gets in.
        if (!entry.IsFresh(time, Freshness)) await status.RefreshAsync([entry], cancellationToken);
        return entry.IsRevoked ? Revoked : entry.Verdict;
    }
}
