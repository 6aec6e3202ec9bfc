using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Devices;

/// <summary>Holds a device to the interval between two questions (RFC 8628 §3.5), on whichever node it asks.</summary>
internal sealed class DevicePolling(IDbContextFactory<AuthDbContext> database, AuthOptions options, TimeProvider time)
{
    // What the network takes from a device that waits the interval exactly.
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    /// <summary>Whether the device waited long enough since its last question.</summary>
    public async Task<bool> MayAskAsync(Guid deviceCodeId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? next = now + options.Lifetimes.DevicePolling - Jitter;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var updated = await db.Tokens
            .Where(token => token.Id == deviceCodeId && (token.PollAfter == null || token.PollAfter <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.PollAfter, next), cancellationToken);
        return updated == 1;
    }
}
