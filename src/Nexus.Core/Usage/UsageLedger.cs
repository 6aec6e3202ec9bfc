using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Usage;

/// <summary>Moves what was counted from this node's memory to the database, one batch at a time.</summary>
public sealed class UsageLedger(IDbContextFactory<NexusDbContext> database, UsageBuffer buffer, BuildMeter builds) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Writes all that is pending, with the time of builds so far, in one transaction. What can't be written now stays pending.</summary>
    internal async Task FlushAsync()
    {
        await _oneAtATime.WaitAsync();
        builds.CountRunning();
        var taken = buffer.Take();
        try
        {
            if (taken.Count > 0) await WriteAsync(taken);
        }
        catch
        {
            buffer.PutBack(taken);
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Gives <paramref name="take"/> the count that nodes have written, while nothing that is pending here gets among it.</summary>
    internal async Task ReadAsync(UsageKey key, Action<long> take, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            take(await db.ReadUsageAsync(key, cancellationToken));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    // To the end, whoever hangs up: a batch that is cut off while it is committed might be counted twice.
    private async Task WriteAsync(IReadOnlyDictionary<UsageKey, long> counts)
    {
        await using var db = await database.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var (key, amount) in UsageRows.InOrder(counts)) await db.AddUsageAsync(key, amount, CancellationToken.None);
        await transaction.CommitAsync();
    }
}
