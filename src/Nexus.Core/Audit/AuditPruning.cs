using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>
/// Removes records that are older than they are kept. The chain stays provable: it then begins with the hash of the last removed one,
/// under the seal, and a record in the chain itself says what was removed. A chain that doesn't hold is left as it is.
/// </summary>
public sealed partial class AuditPruning(
    IDbContextFactory<NexusDbContext> database, AuditChains chains, TimeProvider time, ILogger<AuditPruning> logger)
{
    public const string Operation = "PruneAudit";

    private const int Batch = 10_000;

    /// <summary>Returns how many records went.</summary>
    public async Task<int> PruneAsync(Guid organizationId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chain = await chains.HoldAsync(db, organizationId, cancellationToken);
        var old = await OldestAsync(db, chain, before, cancellationToken);
        if (old.Count == 0) return 0;
        if (!Holds(chain, old))
        {
            LogKept(organizationId);
            return 0;
        }

        var last = old[^1];
        (chain.StartSequence, chain.StartHash) = (last.Sequence, last.Hash);
        chains.Seal(chain);
        await db.AuditRecords
            .Where(record => record.OrganizationId == organizationId && record.Sequence <= last.Sequence)
            .ExecuteDeleteAsync(cancellationToken);
        await chains.AppendAsync(db, Note(organizationId, last, old.Count), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return old.Count;
    }

    private bool Holds(AuditChain chain, IReadOnlyList<AuditRecord> records)
    {
        if (!chains.IsSound(chain)) return false;
        var findings = new List<AuditFinding>();
        var walk = new AuditWalk(chain.StartSequence, chain.StartHash, findings);
        foreach (var record in records) walk.Take(record);
        return findings.Count == 0;
    }

    /// <summary>The oldest ones in their order, up to the first that is kept.</summary>
    private static async Task<IReadOnlyList<AuditRecord>> OldestAsync(
        NexusDbContext db, AuditChain chain, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var own = db.AuditRecords.AsNoTracking().Where(record => record.OrganizationId == chain.OrganizationId);
        var kept = await own.Where(record => record.At >= before)
            .MinAsync(record => (long?)record.Sequence, cancellationToken) ?? chain.Sequence + 1;
        return await own.Where(record => record.Sequence < kept).OrderBy(record => record.Sequence).Take(Batch).ToListAsync(cancellationToken);
    }

    private AuditRecord Note(Guid organizationId, AuditRecord last, int count) => new AuditEntry
    {
        OrganizationId = organizationId,
        Operation = Operation,
        Surface = "worker",
        Arguments = new { through = last.Sequence, hash = last.Hash, records = count },
    }.ToRecord(time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit of organisation {Organization} is not shortened: it was changed; run audit verify")]
    private partial void LogKept(Guid organization);
}
