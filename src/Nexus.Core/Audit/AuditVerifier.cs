using Microsoft.EntityFrameworkCore;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Audit;

/// <summary>Something that is not as the server wrote it, and at which record; none where it is about a chain's ends.</summary>
public sealed record AuditFinding(long? Sequence, string Text);

/// <summary>What a check of one chain found: nothing, if it holds from <paramref name="First"/> to <paramref name="Last"/>.</summary>
public sealed record AuditReport(
    Guid OrganizationId, string Name, long First, long Last, string Hash, IReadOnlyList<AuditFinding> Findings);

/// <summary>Recomputes chains and says where they don't hold. Servers may write meanwhile.</summary>
public sealed class AuditVerifier(IDbContextFactory<NexusDbContext> database, VaultOptions keys)
{
    private const int Attempts = 5;

    private readonly AuditSeals _seals = new(keys);

    /// <summary>Every chain, and every organisation that should have one.</summary>
    public async Task<IReadOnlyList<AuditReport>> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await db.Organizations.ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken);
        names[AuditChain.Server] = "the server";
        var owners = await db.AuditChains.Select(chain => chain.OrganizationId)
            .Union(db.AuditRecords.Select(record => record.OrganizationId)).ToListAsync(cancellationToken);
        var reports = new List<AuditReport>();
        foreach (var owner in owners.Union(names.Keys).Order())
            reports.Add(await VerifyAsync(db, owner, names.GetValueOrDefault(owner, "a deleted organisation"), cancellationToken));
        return reports;
    }

    /// <summary>Whether a chain has a record with this hash, e.g. one that was noted when it was the last.</summary>
    public async Task<bool> ContainsAsync(string hash, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AuditRecords.AnyAsync(record => record.Hash == hash, cancellationToken)
            || await db.AuditChains.AnyAsync(chain => chain.StartHash == hash, cancellationToken);
    }

    private async Task<AuditReport> VerifyAsync(NexusDbContext db, Guid owner, string name, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chain = await FindAsync(db, owner, cancellationToken);
            var findings = chain is null ? [] : await WalkAsync(db, chain, cancellationToken);
            var last = await LastAsync(db, owner, cancellationToken);
            var now = await FindAsync(db, owner, cancellationToken);
            // What retention has removed meanwhile looked missing: look again.
            if (now?.StartSequence != chain?.StartSequence && attempt < Attempts) continue;
            if (now is null) return new(owner, name, 0, last, "", [new(null, "its chain is gone")]);
            if (last > now.Sequence) findings.Add(new(now.Sequence + 1, $"records {now.Sequence + 1} to {last} are not of the chain"));
            return new(owner, name, now.StartSequence + 1, now.Sequence, now.Hash, findings);
        }
    }

    private async Task<List<AuditFinding>> WalkAsync(NexusDbContext db, AuditChain chain, CancellationToken cancellationToken)
    {
        var findings = new List<AuditFinding>();
        if (!_seals.Knows(chain) && chain.KeyId.Length > 0) throw StorageErrors.WrongEncryptionKey("The seal of the audit");
        if (!_seals.Holds(chain)) findings.Add(new(null, "the seal is broken: its ends were changed, or it goes on after it was changed"));
        var walk = new AuditWalk(chain.StartSequence, chain.StartHash, findings);
        var records = db.AuditRecords.AsNoTracking()
            .Where(record => record.OrganizationId == chain.OrganizationId && record.Sequence <= chain.Sequence)
            .OrderBy(record => record.Sequence);
        await foreach (var record in records.AsAsyncEnumerable().WithCancellation(cancellationToken)) walk.Take(record);
        walk.End(chain);
        return findings;
    }

    private static Task<AuditChain?> FindAsync(NexusDbContext db, Guid owner, CancellationToken cancellationToken) =>
        db.AuditChains.AsNoTracking().FirstOrDefaultAsync(chain => chain.OrganizationId == owner, cancellationToken);

    private static async Task<long> LastAsync(NexusDbContext db, Guid owner, CancellationToken cancellationToken) =>
        await db.AuditRecords.Where(record => record.OrganizationId == owner)
            .MaxAsync(record => (long?)record.Sequence, cancellationToken) ?? 0;
}
