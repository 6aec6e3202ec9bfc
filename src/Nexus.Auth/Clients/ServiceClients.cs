using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using Nexus.Core;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Clients;

/// <summary>
/// Clients that an Admin made for a service account. They act as that account by <c>client_credentials</c>, without a person.
/// Whether the caller may manage them is for the caller to decide.
/// </summary>
internal sealed class ServiceClients(IOpenIddictApplicationManager manager, AuthDbContext db, TimeProvider time)
{
    /// <summary>Makes a client with a secret, which leaves the server only in this answer.</summary>
    /// <exception cref="NexusException"><c>INVALID_SCOPE</c>: there are no scopes, or unknown ones.</exception>
    public async Task<NewServiceClient> CreateAsync(
        Guid organizationId, Guid serviceAccountId, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var secret = ClientSecrets.New();
        var client = new OAuthClient
        {
            ClientId = ClientSecrets.NewClientId(),
            CreatedAt = time.GetUtcNow(),
            OrganizationId = organizationId,
            ServiceAccountId = serviceAccountId,
        };
        ClientRegistry.Apply(MetadataOf(name, scopes), client);
        await manager.CreateAsync(client, secret, cancellationToken);
        return new(client.ClientId, secret);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ServiceClient>> ListAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var clients = await db.Clients.AsNoTracking()
            .Where(client => client.OrganizationId == organizationId && client.ServiceAccountId != null)
            .OrderBy(client => client.CreatedAt)
            .ToListAsync(cancellationToken);
        return [.. clients.Select(ServiceClient.Of)];
    }

    /// <summary>The new secret; the old one is dead at once.</summary>
    /// <exception cref="NexusException"><c>CLIENT_NOT_FOUND</c></exception>
    public async Task<string> RotateSecretAsync(string clientId, Guid organizationId, CancellationToken cancellationToken)
    {
        var client = await GetAsync(clientId, organizationId, cancellationToken);
        var secret = ClientSecrets.New();
        await manager.UpdateAsync(client, secret, cancellationToken);
        return secret;
    }

    /// <summary>Deletes the client with all its tokens.</summary>
    /// <exception cref="NexusException"><c>CLIENT_NOT_FOUND</c></exception>
    public async Task DeleteAsync(string clientId, Guid organizationId, CancellationToken cancellationToken) =>
        await manager.DeleteAsync(await GetAsync(clientId, organizationId, cancellationToken), cancellationToken);

    private async Task<OAuthClient> GetAsync(string clientId, Guid organizationId, CancellationToken cancellationToken) =>
        await manager.FindByClientIdAsync(clientId, cancellationToken) is OAuthClient { ServiceAccountId: not null } client &&
        client.OrganizationId == organizationId
            ? client
            : throw new NexusException("CLIENT_NOT_FOUND", $"There is no service client {clientId}.", "List the clients to see which there are.");

    private static ClientMetadata MetadataOf(string name, IReadOnlyList<string> scopes)
    {
        if (scopes is [] || scopes.Any(scope => !Core.Access.Scopes.All.Contains(scope)))
            throw new NexusException(
                "INVALID_SCOPE", "A service client needs scopes of this server.", $"Use some of {string.Join(", ", Core.Access.Scopes.All)}.");
        return new()
        {
            RedirectUris = [],
            ResponseTypes = [],
            AuthenticationMethod = ClientAuthenticationMethods.ClientSecretBasic,
            GrantTypes = [GrantTypes.ClientCredentials],
            Name = name,
            Scope = string.Join(' ', scopes.Distinct()),
        };
    }
}

/// <summary>A service client's credentials.</summary>
internal sealed record NewServiceClient(string ClientId, string ClientSecret);

/// <summary>A service client as pages show it.</summary>
internal sealed record ServiceClient(
    string ClientId, string Name, Guid ServiceAccountId, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt)
{
    public static ServiceClient Of(OAuthClient client) => new(
        client.ClientId!, client.NameToShow(), client.ServiceAccountId!.Value, client.RegisteredScopes() ?? [], client.CreatedAt);
}
