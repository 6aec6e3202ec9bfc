using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Storage;
using Nexus.Auth.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Applications;

/// <summary>
/// What a person has allowed to act for them. When a client was last used is when its newest token was issued:
/// that is on record anyway, so that nothing has to be written when a token is used.
/// </summary>
internal sealed class ConnectedApplications(AuthDbContext db, ConsentMemory consents, TokenFamilies families, TimeProvider time)
{
    /// <summary>The one used last comes first.</summary>
    public async Task<IReadOnlyList<ConnectedApplication>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var given = await db.Consents.AsNoTracking().Where(consent => consent.AccountId == accountId).ToListAsync(cancellationToken);
        var grants = await GrantsAsync(accountId, cancellationToken);
        var ids = given.Select(consent => consent.ClientId)
            .Union(grants.Where(grant => grant.IsAlive).Select(grant => grant.ClientId)).ToList();
        var clients = await db.Clients.AsNoTracking().Where(client => ids.Contains(client.Id)).ToListAsync(cancellationToken);
        return
        [
            .. clients
                .Select(client => Show(
                    client,
                    given.FirstOrDefault(consent => consent.ClientId == client.Id),
                    [.. grants.Where(grant => grant.ClientId == client.Id)]))
                .OrderByDescending(application => application.LastUsedAt ?? application.FirstGrantedAt),
        ];
    }

    /// <summary>Ends all its tokens, and asks anew the next time.</summary>
    public async Task RevokeAsync(Guid accountId, Guid clientId, CancellationToken cancellationToken)
    {
        await consents.ForgetAsync(accountId, clientId, cancellationToken);
        await families.RevokeAllAsync(accountId, clientId, cancellationToken);
    }

    private async Task<List<GrantFacts>> GrantsAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var subject = accountId.ToString();
        var now = time.GetUtcNow().UtcDateTime;
        return await db.Grants
            .Where(grant => grant.Subject == subject && grant.Status == Statuses.Valid && grant.Application != null)
            .Select(grant => new GrantFacts(
                grant.Application!.Id,
                grant.CreationDate!.Value,
                grant.Scopes,
                grant.Tokens.Max(token => token.CreationDate),
                grant.Tokens.Any(token => token.Status == Statuses.Valid && token.ExpirationDate > now)))
            .ToListAsync(cancellationToken);
    }

    private static ConnectedApplication Show(OAuthClient client, Consent? consent, IReadOnlyList<GrantFacts> grants)
    {
        var scopes = grants.Where(grant => grant.IsAlive).SelectMany(grant => grant.ScopeNames)
            .Concat(consent?.Scopes.Split(' ') ?? []).ToHashSet();
        return new()
        {
            ClientId = client.Id,
            Name = client.NameToShow(),
            Host = client.HostToShow(),
            IsUnverified = client.IsUnverified(),
            Scopes = [.. OfferedScopes.All.Where(scopes.Contains)],
            FirstGrantedAt = grants.Select(grant => Utc(grant.CreatedAt)).Append(consent?.GivenAt ?? DateTimeOffset.MaxValue).Min(),
            LastUsedAt = grants.Max(grant => grant.LastTokenAt) is { } last ? Utc(last) : null,
        };
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record GrantFacts(Guid ClientId, DateTime CreatedAt, string? Scopes, DateTime? LastTokenAt, bool IsAlive)
    {
        public IReadOnlyList<string> ScopeNames => Scopes is null ? [] : JsonSerializer.Deserialize<string[]>(Scopes)!;
    }
}
