using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Pruning;

/// <summary>A kind of record that dies, and how to remove some that are dead.</summary>
/// <param name="RemoveSomeAsync">Removes at most so many; returns how many it found.</param>
internal sealed record DeadRecords(
    string Name, Func<AuthDbContext, DateTimeOffset, int, CancellationToken, Task<int>> RemoveSomeAsync)
{
    /// <summary>How long what is dead stays, so that a replay soon after is still known for one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    /// <summary>How long a client that registered itself has to be used for the first time.</summary>
    private static readonly TimeSpan FirstUse = TimeSpan.FromDays(30);

    /// <summary>In the order in which the later ones come to be dead by the earlier.</summary>
    public static IReadOnlyList<DeadRecords> All { get; } =
    [
        new("tokens", RemoveTokensAsync),
        new("grants", RemoveGrantsAsync),
        new("first-party sessions", RemoveSessionsAsync),
        new("clients that were never used", RemoveClientsAsync),
    ];

    // A code stays as long as what it gave: sent again, it revokes that (RFC 6749 §4.1.2).
    private static async Task<int> RemoveTokensAsync(
        AuthDbContext db, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var before = (now - Rest).UtcDateTime;
        var ids = await db.Tokens
            .Where(token => token.ExpirationDate < before)
            .Where(token => token.Type != TokenTypeIdentifiers.Private.AuthorizationCode || token.Authorization == null)
            .OrderBy(token => token.ExpirationDate)
            .Select(token => token.Id).Take(most).ToListAsync(cancellationToken);
        await db.Tokens.Where(token => ids.Contains(token.Id)).ExecuteDeleteAsync(cancellationToken);
        return ids.Count;
    }

    private static async Task<int> RemoveGrantsAsync(
        AuthDbContext db, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var before = (now - Rest).UtcDateTime;
        var ids = await db.Grants
            .Where(grant => grant.CreationDate < before)
            .Where(grant => grant.Tokens.All(token => token.Type == TokenTypeIdentifiers.Private.AuthorizationCode))
            .OrderBy(grant => grant.CreationDate)
            .Select(grant => grant.Id).Take(most).ToListAsync(cancellationToken);
        await db.Tokens.Where(token => ids.Contains(token.Authorization!.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Grants.Where(grant => ids.Contains(grant.Id)).ExecuteDeleteAsync(cancellationToken);
        return ids.Count;
    }

    private static async Task<int> RemoveSessionsAsync(
        AuthDbContext db, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var ids = await db.Sessions
            .Where(session => session.ExpiresAt < now)
            .OrderBy(session => session.ExpiresAt)
            .Select(session => session.Id).Take(most).ToListAsync(cancellationToken);
        await db.Sessions.Where(session => ids.Contains(session.Id)).ExecuteDeleteAsync(cancellationToken);
        return ids.Count;
    }

    // The operator's clients, and those of service accounts, have neither a registration token
    // nor a document. One that somebody consented to counts as used.
    private static async Task<int> RemoveClientsAsync(
        AuthDbContext db, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var before = now - FirstUse;
        var unused = db.Clients.Where(client =>
            client.LastUsedAt == null && client.CreatedAt < before &&
            (client.RegistrationTokenHash != null || client.DocumentFreshUntil != null) &&
            !client.Authorizations.Any() && !client.Tokens.Any() && !db.Consents.Any(consent => consent.ClientId == client.Id));
        var ids = await unused
            .OrderBy(client => client.CreatedAt)
            .Select(client => client.Id).Take(most).ToListAsync(cancellationToken);
        await unused.Where(client => ids.Contains(client.Id)).ExecuteDeleteAsync(cancellationToken);
        return ids.Count;
    }
}
