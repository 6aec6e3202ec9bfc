using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Authorization;

/// <summary>Remembers what a person allowed a client.</summary>
internal sealed class ConsentMemory(AuthDbContext db, TimeProvider time)
{
    /// <summary>Whether the person already allowed the client all of these scopes.</summary>
    public async Task<bool> CoversAsync(
        Guid accountId, Guid clientId, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var consent = await db.Consents.AsNoTracking()
            .FirstOrDefaultAsync(consent => consent.AccountId == accountId && consent.ClientId == clientId, cancellationToken);
        return consent is not null && scopes.All(consent.Scopes.Split(' ').Contains);
    }

    /// <summary>Keeps the last word: what isn't among the scopes is asked for again.</summary>
    public async Task RememberAsync(
        Guid accountId, Guid clientId, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var text = string.Join(' ', scopes.Order(StringComparer.Ordinal));
        var updated = await db.Consents
            .Where(consent => consent.AccountId == accountId && consent.ClientId == clientId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(consent => consent.Scopes, text).SetProperty(consent => consent.GivenAt, now),
                cancellationToken);
        if (updated > 0) return;

        db.Consents.Add(new Consent { AccountId = accountId, ClientId = clientId, Scopes = text, GivenAt = now });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Asks again the next time.</summary>
    public Task ForgetAsync(Guid accountId, Guid clientId, CancellationToken cancellationToken) => db.Consents
        .Where(consent => consent.AccountId == accountId && consent.ClientId == clientId)
        .ExecuteDeleteAsync(cancellationToken);

    /// <summary>Asks again for every client.</summary>
    public Task ForgetAllAsync(Guid accountId, CancellationToken cancellationToken) => db.Consents
        .Where(consent => consent.AccountId == accountId)
        .ExecuteDeleteAsync(cancellationToken);
}
