using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Pruning;

/// <summary>
/// Removes what is dead, a little at a time: what to remove is looked for without holding anything up, each removal is short,
/// and between two there is room for those who sign in. Several nodes may do it at once; what one removed the other doesn't find.
/// </summary>
internal sealed partial class Pruner(
    IDbContextFactory<AuthDbContext> database, SigningKeyRing ring, SigningKeyStore keys, TimeProvider time, ILogger<Pruner> logger)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var records in DeadRecords.All)
        {
            var count = await RemoveAllAsync(records, cancellationToken);
            if (count > 0) LogRemoved(count, records.Name);
        }

        await keys.DropBeforeAsync(ring.Published.First().Generation, cancellationToken);
    }

    private async Task<int> RemoveAllAsync(DeadRecords records, CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            var count = await RemoveSomeAsync(records, cancellationToken);
            total += count;
            if (count < BatchSize) return total;
            await Task.Delay(Breath, cancellationToken);
        }
    }

    private async Task<int> RemoveSomeAsync(DeadRecords records, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await records.RemoveSomeAsync(db, time.GetUtcNow(), BatchSize, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} {Records}")]
    private partial void LogRemoved(int count, string records);
}
