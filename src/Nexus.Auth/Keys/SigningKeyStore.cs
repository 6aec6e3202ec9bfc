using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using Nexus.Core.Storage;

namespace Nexus.Auth.Keys;

/// <summary>Keeps signing keys in the database, sealed. A key never changes: a rotation adds one, and one day the old one is dropped.</summary>
internal sealed class SigningKeyStore(
    AuthOptions options, SecretBox box, IDbContextFactory<AuthDbContext> database, TimeProvider time)
{
    public const string Purpose = "signing key at rest";

    /// <summary>All of them, the oldest first.</summary>
    public async Task<IReadOnlyList<RingKey>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var stored = await db.SigningKeys.AsNoTracking().OrderBy(key => key.Generation).ToListAsync(cancellationToken);
        var retirement = KeyTimes.Retirement(options.Lifetimes);
        return [.. stored.Select((key, i) => new RingKey(
            key.Generation, key.Algorithm, Open(key), key.SignsFrom, i + 1 < stored.Count ? stored[i + 1].SignsFrom + retirement : null))];
    }

    /// <summary>The generations that there are; cheap, to learn whether anything changed.</summary>
    public async Task<IReadOnlyList<int>> GenerationsAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.SigningKeys.OrderBy(key => key.Generation).Select(key => key.Generation).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a key of that generation. False when another node or command made it first.</summary>
    public async Task<bool> TryAddAsync(int generation, DateTimeOffset signsFrom, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        db.SigningKeys.Add(new SigningKey
        {
            Generation = generation,
            Algorithm = options.SigningAlgorithm,
            SealedKey = box.Seal(Purpose, SigningKeyFactory.Random(options.SigningAlgorithm)),
            CreatedAt = time.GetUtcNow(),
            SignsFrom = signsFrom,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await db.SigningKeys.AnyAsync(key => key.Generation == generation, cancellationToken)) return false;
            throw;
        }
    }

    /// <summary>Drops the generations before this one.</summary>
    public async Task DropBeforeAsync(int generation, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.SigningKeys.Where(key => key.Generation < generation).ExecuteDeleteAsync(cancellationToken);
    }

    private Microsoft.IdentityModel.Tokens.AsymmetricSecurityKey Open(SigningKey stored)
    {
        try
        {
            return SigningKeyFactory.Import(stored.Algorithm, box.Open(Purpose, stored.SealedKey));
        }
        catch (CryptographicException)
        {
            throw StorageErrors.WrongEncryptionKey("The signing key");
        }
    }
}
