using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Startup;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Keys;

/// <summary>The keys that sign tokens. Loaded at start: from the operator's secret, or from the database, where the first node makes one.</summary>
internal sealed class SigningKeyRing(
    AuthOptions options, SecretBox box, IDbContextFactory<AuthDbContext> database, TimeProvider time) : IStartupStep
{
    private const string Purpose = "signing key at rest";

    private IReadOnlyList<ECDsaSecurityKey> _keys = [];

    /// <summary>All keys that tokens may be signed with, the newest first.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Keys =>
        _keys is [] ? throw new InvalidOperationException("The signing keys are loaded by InitializeNexusAuthAsync.") : _keys;

    /// <summary>What new tokens are signed with.</summary>
    public SigningCredentials Current => new(Keys[0], SecurityAlgorithms.EcdsaSha256);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _keys = options.SigningSecret is { } secret
            ? [SigningKeyFactory.ToSecurityKey(SigningKeyFactory.Derive(secret))]
            : await LoadAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ECDsaSecurityKey>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.SigningKeys.AnyAsync(cancellationToken)) await MakeFirstAsync(db, cancellationToken);

        var stored = await db.SigningKeys.AsNoTracking()
            .OrderByDescending(key => key.Generation)
            .ToListAsync(cancellationToken);
        return [.. stored.Select(Open)];
    }

    private async Task MakeFirstAsync(AuthDbContext db, CancellationToken cancellationToken)
    {
        using var key = SigningKeyFactory.Random();
        var sealedKey = box.Seal(Purpose, key.ExportPkcs8PrivateKey());
        db.SigningKeys.Add(new SigningKey { Generation = 1, SealedKey = sealedKey, CreatedAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another node was first; its key counts. Any other fault shows when the keys are read.
            db.ChangeTracker.Clear();
        }
    }

    private ECDsaSecurityKey Open(SigningKey stored)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(box.Open(Purpose, stored.SealedKey), out _);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException(
                "The signing key in the database doesn't open with ENCRYPTION_KEY. Start with the key that made it.", exception);
        }

        return SigningKeyFactory.ToSecurityKey(key);
    }
}
