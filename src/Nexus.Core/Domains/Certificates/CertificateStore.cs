using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains.Certificates;

/// <summary>Keeps certificates and hands out the work on them: each to one node at a time, and only for domains that are verified.</summary>
public sealed class CertificateStore(IDbContextFactory<NexusDbContext> database, VaultCipher cipher, TimeProvider time)
{
    /// <summary>Longer than an order may take; a node that died is followed by another after it.</summary>
    private static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(5);

    private const int LongestError = 500;

    /// <summary>A domain whose certificate is to be ordered now by the caller alone; null where there is none.</summary>
    public async Task<CertificateOrder?> TakeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var due = db.DomainCertificates.Where(certificate =>
            certificate.NextAttemptAt <= now && (certificate.LeaseUntil == null || certificate.LeaseUntil < now));
        var found = await (
            from certificate in due
            join domain in db.CustomDomains on certificate.DomainId equals domain.Id
            where domain.VerifiedAt != null && domain.RemovedAt == null
            orderby certificate.NextAttemptAt
            select new { domain.Id, domain.Name }).FirstOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        var order = new CertificateOrder(found.Id, found.Name, Guid.NewGuid().ToString("N"));
        var taken = await due.Where(certificate => certificate.DomainId == found.Id).ExecuteUpdateAsync(
            set => set.SetProperty(certificate => certificate.LeaseOwner, order.Lease)
                .SetProperty(certificate => certificate.LeaseUntil, now + LeaseLife),
            cancellationToken);
        return taken == 1 ? order : null;
    }

    /// <summary>Keeps what was issued, sealed.</summary>
    /// <param name="order">The order, as it was taken.</param>
    /// <param name="pem">Private key and chain.</param>
    /// <param name="notBefore">When the certificate begins to hold.</param>
    /// <param name="notAfter">When it ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task CompleteAsync(
        CertificateOrder order, string pem, DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken) =>
        ReleaseAsync(order, async (db, certificate, now) =>
        {
            var box = cipher.Seal(IssuedCertificate.PlaceOf(order.DomainId), Encoding.ASCII.GetBytes(pem));
            await db.IssuedCertificates.Where(issued => issued.DomainId == order.DomainId).ExecuteDeleteAsync(cancellationToken);
            db.Add(new IssuedCertificate
            {
                DomainId = order.DomainId,
                KeyId = box.KeyId,
                Sealed = box.Sealed,
                IssuedAt = now,
                ExpiresAt = notAfter.ToUniversalTime(),
            });
            certificate.NextAttemptAt = CertificateSchedule.RenewAt(notBefore.ToUniversalTime(), notAfter.ToUniversalTime());
            (certificate.Failures, certificate.LastError) = (0, null);
        }, cancellationToken);

    /// <summary>Puts the next attempt off.</summary>
    public Task FailAsync(CertificateOrder order, string error, TimeSpan? retryAfter, CancellationToken cancellationToken) =>
        ReleaseAsync(order, (_, certificate, now) =>
        {
            certificate.Failures++;
            certificate.LastError = error.Length <= LongestError ? error : error[..LongestError];
            certificate.NextAttemptAt = CertificateSchedule.AfterFailure(certificate.Failures, now, retryAfter);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>Certificates that were issued after a moment, of domains that still count.</summary>
    public async Task<IReadOnlyList<StoredCertificate>> ReadIssuedAsync(DateTimeOffset after, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await (
            from certificate in db.IssuedCertificates.AsNoTracking()
            join domain in db.CustomDomains on certificate.DomainId equals domain.Id
            where domain.RemovedAt == null && certificate.IssuedAt > after
            orderby certificate.IssuedAt
            select new { domain.Name, Certificate = certificate }).ToListAsync(cancellationToken);
        return [.. found.Select(row => new StoredCertificate(row.Name, row.Certificate.IssuedAt, Open(row.Certificate)))];
    }

    /// <summary>The account key (PKCS #8) for an authority; the given one is kept where there is none yet.</summary>
    public async Task<byte[]> GetAccountKeyAsync(string directory, Func<byte[]> make, CancellationToken cancellationToken)
    {
        if (await FindAccountKeyAsync(directory, cancellationToken) is { } known) return known;
        var key = make();
        var box = cipher.Seal(AcmeAccount.PlaceOf(directory), key);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.Add(new AcmeAccount { Directory = directory, KeyId = box.KeyId, Sealed = box.Sealed });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return key;
        }
        catch (DbUpdateException)
        {
            // Another node was quicker: its key is everybody's. Any other fault shows again here.
            return await FindAccountKeyAsync(directory, cancellationToken) ?? throw new InvalidOperationException("The account key could not be kept.");
        }
    }

    /// <summary>Shows a challenge at every ingress node, until it ends.</summary>
    public async Task ShowChallengeAsync(string token, string keyAuthorization, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.AcmeChallenges.Where(challenge => challenge.ExpiresAt < now || challenge.Token == token).ExecuteDeleteAsync(cancellationToken);
        db.Add(new AcmeChallenge { Token = token, KeyAuthorization = keyAuthorization, ExpiresAt = now + LeaseLife });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What to answer to a challenge; null for one that isn't ours.</summary>
    public async Task<string?> FindChallengeAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AcmeChallenges.Where(challenge => challenge.Token == token && challenge.ExpiresAt > now)
            .Select(challenge => challenge.KeyAuthorization).FirstOrDefaultAsync(cancellationToken);
    }

    private string Open(IssuedCertificate certificate) => Encoding.ASCII.GetString(
        cipher.Open(IssuedCertificate.PlaceOf(certificate.DomainId), new(certificate.KeyId, certificate.Sealed)));

    private async Task<byte[]?> FindAccountKeyAsync(string directory, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var account = await db.AcmeAccounts.AsNoTracking().FirstOrDefaultAsync(account => account.Directory == directory, cancellationToken);
        return account is null ? null : cipher.Open(AcmeAccount.PlaceOf(directory), new(account.KeyId, account.Sealed));
    }

    /// <summary>Does nothing where the domain has gone, or another node has taken over.</summary>
    private async Task ReleaseAsync(
        CertificateOrder order, Func<NexusDbContext, DomainCertificate, DateTimeOffset, Task> change, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var certificate = await db.DomainCertificates.FirstOrDefaultAsync(
            certificate => certificate.DomainId == order.DomainId && certificate.LeaseOwner == order.Lease, cancellationToken);
        if (certificate is null) return;
        await change(db, certificate, time.GetUtcNow());
        (certificate.LeaseOwner, certificate.LeaseUntil) = (null, null);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>A domain that needs a certificate now, and the lease under which it is ordered.</summary>
public sealed record CertificateOrder(Guid DomainId, string Domain, string Lease);

/// <summary>A certificate with its private key, as PEM.</summary>
public sealed record StoredCertificate(string Domain, DateTimeOffset IssuedAt, string Pem)
{
    // A record prints its members; this one must not.
    public override string ToString() => $"StoredCertificate {Domain}";
}
