using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Secrets;

/// <summary>Opens values for the engine itself, and keeps the keys in order. No surface reaches it.</summary>
public sealed class Vault(IDbContextFactory<NexusDbContext> database, VaultCipher cipher, VaultOptions options)
{
    private const int Batch = 100;

    /// <summary>Refuses to start with a key that can't open what is stored; better now than at somebody's deployment.</summary>
    /// <exception cref="NexusException"><c>WRONG_ENCRYPTION_KEY</c>: values are sealed with a key that isn't configured.</exception>
    public async Task CheckKeysAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var keyIds = await db.SecretVersions.Select(version => version.KeyId).Distinct().ToListAsync(cancellationToken);
        foreach (var rows in SealedRows.All) keyIds.AddRange(await rows.KeyIdsAsync(db, cancellationToken));
        if (keyIds.Any(keyId => options.Find(keyId) is null)) throw StorageErrors.WrongEncryptionKey("A secret");
    }

    /// <summary>Seals everything with the current key that is sealed with the previous one; returns how many values that were.</summary>
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        await CheckKeysAsync(cancellationToken);
        var rotated = 0;
        while (await RotateBatchAsync(cancellationToken) is > 0 and var count) rotated += count;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        foreach (var rows in SealedRows.All) rotated += await rows.RotateAsync(db, cipher, cancellationToken);
        return rotated;
    }

    /// <summary>The value of one version, as it was when a revision took it.</summary>
    internal async Task<string> OpenAsync(Guid secretId, int version, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await Versions(db).FirstOrDefaultAsync(
            pair => pair.Secret.Id == secretId && pair.Version.Version == version, cancellationToken);
        return found is null ? throw SecretErrors.NotFound() : SecretValue.Decode(cipher.Open(found.Secret, found.Version));
    }

    private async Task<int> RotateBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var current = options.Current.Id;
        var batch = await Versions(db).Where(pair => pair.Version.KeyId != current)
            .OrderBy(pair => pair.Version.SecretId).ThenBy(pair => pair.Version.Version)
            .Take(Batch).ToListAsync(cancellationToken);
        foreach (var pair in batch) Reseal(pair);
        await db.SaveChangesAsync(cancellationToken);
        return batch.Count;
    }

    private void Reseal(SealedSecret pair)
    {
        var value = cipher.Open(pair.Secret, pair.Version);
        (pair.Version.KeyId, pair.Version.Sealed) = cipher.Seal(pair.Secret, pair.Version.Version, value);
        CryptographicOperations.ZeroMemory(value);
    }

    private static IQueryable<SealedSecret> Versions(NexusDbContext db) =>
        from version in db.SecretVersions
        join secret in db.Secrets on version.SecretId equals secret.Id
        select new SealedSecret { Secret = secret, Version = version };

    private sealed class SealedSecret
    {
        public required Secret Secret { get; init; }
        public required SecretVersion Version { get; init; }
    }
}
