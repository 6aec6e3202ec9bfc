using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;

namespace Nexus.Auth;

/// <summary>The authorization server's own keys at rest: seals them anew when the operator changes the encryption key.</summary>
public sealed class SealedKeys
{
    private readonly SecretBox _box;
    private readonly IDbContextFactory<AuthDbContext> _database;

    internal SealedKeys(SecretBox box, IDbContextFactory<AuthDbContext> database) => (_box, _database) = (box, database);

    /// <summary>Seals all of them with the current key, in one transaction; returns how many.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Neither the current nor the previous key opens one of them.</exception>
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var signing = await db.SigningKeys.ToListAsync(cancellationToken);
        foreach (var key in signing) key.SealedKey = _box.Seal(SigningKeyStore.Purpose, _box.Open(SigningKeyStore.Purpose, key.SealedKey));
        var protecting = await db.DataProtectionKeys.ToListAsync(cancellationToken);
        foreach (var key in protecting) key.Xml = Reseal(key.Xml);
        await db.SaveChangesAsync(cancellationToken);
        return signing.Count + protecting.Count;
    }

    private string Reseal(string xml)
    {
        var root = XElement.Parse(xml);
        foreach (var element in root.Descendants(SealedXmlEncryptor.Element)) element.Value = SealedXmlEncryptor.Reseal(element.Value, _box);
        return root.ToString(SaveOptions.DisableFormatting);
    }
}
