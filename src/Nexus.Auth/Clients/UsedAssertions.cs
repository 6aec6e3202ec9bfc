using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Clients;

/// <summary>Remembers client assertions until they expire, on all nodes, so that each is good for one request.</summary>
internal sealed class UsedAssertions(IDbContextFactory<AuthDbContext> database, TimeProvider time)
{
    /// <summary>Whether the assertion is used for the first time.</summary>
    public async Task<bool> TryUseAsync(string clientId, string assertionId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\n{assertionId}")));
        if (await db.UsedAssertions.AnyAsync(used => used.Hash == hash, cancellationToken)) return false;

        var now = time.GetUtcNow();
        await db.UsedAssertions.Where(used => used.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        db.UsedAssertions.Add(new() { Hash = hash, ExpiresAt = expiresAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            return false; // Of two at once the database lets one in; and when it lets nobody in, nobody gets in.
        }
    }
}
