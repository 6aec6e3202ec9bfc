using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>Writes what happens beside commands, e.g. at the authorization server, and commands that were refused.</summary>
public sealed class AuditLog
{
    private readonly IDbContextFactory<NexusDbContext> _database;
    private readonly AuditChains _chains;
    private readonly TimeProvider _time;
    private readonly GroupCommit<AuditEntry, bool> _together;

    public AuditLog(IDbContextFactory<NexusDbContext> database, AuditChains chains, TimeProvider time)
    {
        (_database, _chains, _time) = (database, chains, time);
        _together = new(async entries =>
        {
            await WriteAsync((_, _) => Task.FromResult<IReadOnlyList<AuditEntry>?>(entries), CancellationToken.None);
            return [.. entries.Select(_ => true)];
        });
    }

    /// <summary>Returns once it is written. What it tells of must not be answered before.</summary>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _together.WriteAsync(entry); // Others' entries go with it, so nobody who hangs up stops it.
    }

    /// <summary>Writes what tells of a deed in the deed's own transaction: both are there afterwards, or neither.</summary>
    /// <param name="act">Does it in the transaction of the database that it is given, and says what to write; null undoes it.</param>
    public async Task WriteAsync(
        Func<DatabaseFacade, CancellationToken, Task<IReadOnlyList<AuditEntry>?>> act, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        db.Database.AutoSavepointsEnabled = false; // What fails here fails with the whole transaction.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await act(db.Database, cancellationToken) is not { } entries) return;
        var now = _time.GetUtcNow();
        await _chains.AppendAsync(db, [.. entries.Select(entry => entry.ToRecord(now))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
