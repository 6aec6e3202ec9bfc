using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Storage;

namespace Nexus.Core.Secrets;

/// <summary>Every kind of row beside the vault's own that holds something sealed. A new kind gets a line here.</summary>
internal static class SealedRows
{
    public static IReadOnlyList<ISealedRows> All { get; } =
        [new Of<AttachedDatabase>(), new Of<DatabaseSource>(), new Of<IssuedCertificate>(), new Of<AcmeAccount>()];

    private sealed class Of<T> : ISealedRows where T : class, ISealedRow
    {
        public Type Kind => typeof(T);

        public Task<List<string>> KeyIdsAsync(NexusDbContext db, CancellationToken cancellationToken) =>
            db.Set<T>().Select(row => row.KeyId).Distinct().ToListAsync(cancellationToken);

        public async Task<int> RotateAsync(NexusDbContext db, VaultCipher cipher, CancellationToken cancellationToken)
        {
            var current = cipher.CurrentKeyId;
            var rows = await db.Set<T>().Where(row => row.KeyId != current).ToListAsync(cancellationToken);
            foreach (var row in rows) Reseal(row, cipher);
            await db.SaveChangesAsync(cancellationToken);
            return rows.Count;
        }

        private static void Reseal(T row, VaultCipher cipher)
        {
            var value = cipher.Open(row.Place, new(row.KeyId, row.Sealed));
            (row.KeyId, row.Sealed) = cipher.Seal(row.Place, value);
            CryptographicOperations.ZeroMemory(value);
        }
    }
}

/// <summary>The rows of one kind.</summary>
internal interface ISealedRows
{
    Type Kind { get; }

    /// <summary>The keys that they are sealed with.</summary>
    Task<List<string>> KeyIdsAsync(NexusDbContext db, CancellationToken cancellationToken);

    /// <summary>Seals all of them with the current key; returns how many that were.</summary>
    Task<int> RotateAsync(NexusDbContext db, VaultCipher cipher, CancellationToken cancellationToken);
}
