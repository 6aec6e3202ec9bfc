using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Gives each refresh token one possible successor: its HMAC under the server's key. A client that lost an answer, or sent the
/// same token twice at once, therefore gets the same successor again and never a sibling, on whichever node it asks;
/// and the unique index on the hash lets the database decide who was first.
/// </summary>
internal sealed class RefreshTokenChain(SecretBox box, IDbContextFactory<AuthDbContext> database, AuthReads reads)
{
    private readonly byte[] _key = box.KeyFor("refresh token chain");

    /// <summary>The first token of a family.</summary>
    public static string First() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public string SuccessorOf(string token) =>
        Base64UrlEncoder.Encode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token)));

    /// <summary>The record of the token's successor; null when it has none yet.</summary>
    public async Task<OAuthToken?> FindSuccessorAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await reads.TokenByReference(db, Hash(SuccessorOf(token)), cancellationToken);
    }

    /// <summary>As OpenIddict hashes reference identifiers, so that it finds these tokens like its own.</summary>
    public static string Hash(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
