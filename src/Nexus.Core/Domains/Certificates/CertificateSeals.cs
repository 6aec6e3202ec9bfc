using Microsoft.EntityFrameworkCore;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains.Certificates;

/// <summary>Keeps the seals of certificates and account keys in order when the operator changes the encryption key.</summary>
internal static class CertificateSeals
{
    public static async Task<IReadOnlyList<string>> KeyIdsAsync(NexusDbContext db, CancellationToken cancellationToken) =>
    [
        .. await db.DomainCertificates.Where(one => one.KeyId != null).Select(one => one.KeyId!).Distinct().ToListAsync(cancellationToken),
        .. await db.AcmeAccounts.Select(one => one.KeyId).Distinct().ToListAsync(cancellationToken),
    ];

    /// <summary>Seals them anew; returns how many.</summary>
    public static async Task<int> RotateAsync(NexusDbContext db, VaultCipher cipher, string current, CancellationToken cancellationToken)
    {
        var certificates = await db.DomainCertificates.Where(one => one.KeyId != null && one.KeyId != current).ToListAsync(cancellationToken);
        foreach (var one in certificates)
        {
            var bound = CertificateStore.BoundTo(one.DomainId);
            (one.KeyId, one.Sealed) = cipher.Seal(bound, cipher.Open(bound, new(one.KeyId!, one.Sealed!)));
        }

        var accounts = await db.AcmeAccounts.Where(one => one.KeyId != current).ToListAsync(cancellationToken);
        foreach (var one in accounts)
        {
            var bound = CertificateStore.BoundTo(one.Directory);
            (one.KeyId, one.Sealed) = cipher.Seal(bound, cipher.Open(bound, new(one.KeyId, one.Sealed)));
        }

        await db.SaveChangesAsync(cancellationToken);
        return certificates.Count + accounts.Count;
    }
}
