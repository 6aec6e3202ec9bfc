using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>Writes what happens beside commands, e.g. at the authorization server, and commands that were refused.</summary>
public sealed class AuditLog(IDbContextFactory<NexusDbContext> database, AuditChains chains, TimeProvider time)
{
    /// <summary>Returns once it is written. What it tells of must not be answered before.</summary>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await chains.AppendAsync(db, entry.ToRecord(time.GetUtcNow()), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
