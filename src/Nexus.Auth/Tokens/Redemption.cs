using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Tokens;

/// <summary>Marks codes and tokens as used.</summary>
internal static class Redemption
{
    /// <summary>False when it was used or revoked already: of several at once one succeeds.</summary>
    public static async Task<bool> TryRedeemAsync(
        this IQueryable<OAuthToken> tokens, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await tokens
            .Where(token => token.Id == id && token.Status == Statuses.Valid)
            .ExecuteUpdateAsync(
                set => set.SetProperty(token => token.Status, Statuses.Redeemed).SetProperty(token => token.RedemptionDate, now.UtcDateTime),
                cancellationToken) == 1;
}
