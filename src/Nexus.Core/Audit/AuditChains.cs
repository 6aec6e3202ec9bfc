using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>
/// Appends to the chains. Whoever appends holds the chain's row until the transaction ends, on whichever node, so that a chain has
/// neither gaps nor branches; it is taken last in each transaction, and therefore only for a moment.
/// </summary>
public sealed partial class AuditChains(
    IDbContextFactory<NexusDbContext> database, VaultOptions keys, ILogger<AuditChains> logger)
{
    private readonly AuditSeals _seals = new(keys);

    // For every append. Not static: a compiled query is for one model.
    private readonly Func<NexusDbContext, Guid, CancellationToken, Task<AuditChain?>> _find = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid organizationId, CancellationToken _) =>
            db.AuditChains.FirstOrDefault(chain => chain.OrganizationId == organizationId));

    /// <summary>Writes the record in the context's transaction, together with whatever else the context has to save.</summary>
    internal Task AppendAsync(NexusDbContext db, AuditRecord record, CancellationToken cancellationToken) =>
        AppendAsync(db, [record], cancellationToken);

    /// <summary>The same for several. Chains are taken in one order everywhere, so that no two appends wait for each other.</summary>
    internal async Task AppendAsync(NexusDbContext db, IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        foreach (var own in records.GroupBy(record => record.OrganizationId).OrderBy(own => own.Key))
        {
            var chain = await HoldAsync(db, own.Key, cancellationToken);
            var sound = IsSound(chain);
            foreach (var record in own)
            {
                record.Sequence = ++chain.Sequence;
                record.Hash = chain.Hash = AuditHash.Of(record, chain.Hash);
                db.Add(record);
            }

            if (sound) _seals.Seal(chain);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The chain, locked until the transaction ends. SQLite's transactions lock everything from the start.</summary>
    internal async Task<AuditChain> HoldAsync(NexusDbContext db, Guid organizationId, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, organizationId, cancellationToken) is { } chain) return chain;
        await LockBeginningAsync(db, organizationId, cancellationToken);
        if (await FindAsync(db, organizationId, cancellationToken) is { } begun) return begun;
        var last = await db.AuditRecords.AsNoTracking().Where(record => record.OrganizationId == organizationId)
            .OrderByDescending(record => record.Sequence).FirstOrDefaultAsync(cancellationToken);
        return Begin(db, organizationId, last);
    }

    /// <summary>Two that find no chain begin it one after the other: a row that isn't there can't be locked.</summary>
    private static Task LockBeginningAsync(NexusDbContext db, Guid organizationId, CancellationToken cancellationToken) => db.Database.IsNpgsql()
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({organizationId.ToString()}, 0))", cancellationToken)
        : Task.CompletedTask;

    /// <summary>
    /// False when somebody has changed the chain's ends: it goes on, but no seal is made for it again, so that every later check shows it.
    /// </summary>
    internal bool IsSound(AuditChain chain)
    {
        if (!_seals.Knows(chain) && chain.KeyId.Length > 0) throw StorageErrors.WrongEncryptionKey("The seal of the audit");
        if (_seals.Holds(chain)) return true;
        LogBroken(chain.OrganizationId);
        return false;
    }

    internal void Seal(AuditChain chain) => _seals.Seal(chain);

    /// <summary>
    /// Chains the records of before there were chains. It happens once: from then on, records without a chain are a finding.
    /// </summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.AuditChains.AnyAsync(cancellationToken)) return;

        var owners = await db.AuditRecords.Select(record => record.OrganizationId)
            .Union(db.Organizations.Select(organization => organization.Id)).ToListAsync(cancellationToken);
        foreach (var owner in owners.Append(AuditChain.Server)) await AdoptAsync(db, owner, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return; // Another node that starts at the same time was first, and did all of it.
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Seals with the current key what the previous one sealed; returns how many chains that were.</summary>
    public async Task<int> ResealAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var count = 0;
        foreach (var owner in await db.AuditChains.Select(chain => chain.OrganizationId).ToListAsync(cancellationToken))
        {
            var chain = await HoldAsync(db, owner, cancellationToken);
            if (_seals.IsCurrent(chain) || !IsSound(chain)) continue;
            _seals.Seal(chain);
            count++;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private async Task AdoptAsync(NexusDbContext db, Guid organizationId, CancellationToken cancellationToken)
    {
        var chain = new AuditChain { OrganizationId = organizationId };
        var records = db.AuditRecords.Where(record => record.OrganizationId == organizationId).OrderBy(record => record.Sequence);
        await foreach (var record in records.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            record.Sequence = ++chain.Sequence;
            record.Hash = chain.Hash = AuditHash.Of(record, chain.Hash);
        }

        _seals.Seal(chain);
        db.Add(chain);
    }

    private AuditChain Begin(NexusDbContext db, Guid organizationId, AuditRecord? last)
    {
        var chain = new AuditChain { OrganizationId = organizationId };
        if (last is null) _seals.Seal(chain);
        else (chain.Sequence, chain.Hash) = (last.Sequence, last.Hash); // Its ends were removed: it goes on without a seal.
        db.Add(chain);
        return chain;
    }

    private async Task<AuditChain?> FindAsync(NexusDbContext db, Guid organizationId, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql()) return await _find(db, organizationId, cancellationToken);
        // Each column by its name: a later version's column must not change what a node of this one has prepared.
        var chains = db.AuditChains.FromSql(
            $"""
            SELECT "OrganizationId", "Sequence", "Hash", "StartSequence", "StartHash", "KeyId", "Seal"
            FROM "AuditChains" WHERE "OrganizationId" = {organizationId} FOR UPDATE
            """);
        return (await chains.ToListAsync(cancellationToken)).SingleOrDefault();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit of organisation {Organization} was changed from outside: run audit verify")]
    private partial void LogBroken(Guid organization);
}
