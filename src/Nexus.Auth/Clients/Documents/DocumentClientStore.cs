using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace Nexus.Auth.Clients.Documents;

/// <summary>Keeps a record for each client of a metadata document, so that consents and grants have something to belong to.</summary>
internal sealed class DocumentClientStore(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task SaveAsync(string url, ClientMetadata metadata, DateTimeOffset freshUntil, CancellationToken cancellationToken)
    {
        // A scope of its own: what fails here must not linger in the request's.
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var known = (OAuthClient?)await manager.FindByClientIdAsync(url, cancellationToken);
        var client = known ?? new OAuthClient { ClientId = url, CreatedAt = time.GetUtcNow() };
        client.DocumentFreshUntil = freshUntil;
        ClientRegistry.Apply(metadata, client);
        try
        {
            if (known is null) await manager.CreateAsync(client, cancellationToken);
            else await manager.UpdateAsync(client, cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException or OpenIddictExceptions.ConcurrencyException or OpenIddictExceptions.ValidationException)
        {
            if (!await IsSavedAsync(url, cancellationToken)) throw;
        }
    }

    // Another request, perhaps on another node, was faster with the same document.
    private async Task<bool> IsSavedAsync(string url, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        return await manager.FindByClientIdAsync(url, cancellationToken) is OAuthClient client && client.DocumentFreshUntil > time.GetUtcNow();
    }
}
