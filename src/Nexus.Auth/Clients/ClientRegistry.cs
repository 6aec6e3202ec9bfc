using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nexus.Auth.Auditing;
using Nexus.Core.Audit;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Clients;

/// <summary>Keeps registered clients. Secrets and registration tokens leave it once and stay only as hashes.</summary>
internal sealed class ClientRegistry(IOpenIddictApplicationManager manager, AuthAddresses addresses, AuthAudit audit, TimeProvider time)
{
    public async Task<RegistrationResponse> RegisterAsync(ClientMetadata metadata, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = metadata.HasSecret ? ClientSecrets.New() : null;
        var token = ClientSecrets.New();
        var client = new OAuthClient { ClientId = ClientSecrets.NewClientId(), CreatedAt = now, RegistrationTokenHash = Hash(token) };
        Apply(metadata, client);
        await manager.CreateAsync(client, secret, cancellationToken);
        await WriteAsync(AuthEvent.RegisterClient, client, metadata, cancellationToken);
        return new(client.ClientId, now, secret, token, UriOf(client));
    }

    /// <summary>Replaces the metadata. A client that now proves itself with a secret gets one; one that no longer does loses it.</summary>
    public async Task<RegistrationResponse> ReplaceAsync(
        OAuthClient client, ClientMetadata metadata, string token, CancellationToken cancellationToken)
    {
        var secret = client.ClientSecret is null && metadata.HasSecret ? ClientSecrets.New() : null;
        if (!metadata.HasSecret) client.ClientSecret = null;
        Apply(metadata, client);
        if (secret is null) await manager.UpdateAsync(client, cancellationToken);
        else await manager.UpdateAsync(client, secret, cancellationToken);
        await WriteAsync(AuthEvent.ChangeClient, client, metadata, cancellationToken);
        return new(client.ClientId!, client.CreatedAt, secret, token, UriOf(client));
    }

    /// <summary>Deletes the client with all its tokens.</summary>
    public async Task DeleteAsync(OAuthClient client, CancellationToken cancellationToken)
    {
        await manager.DeleteAsync(client, cancellationToken);
        await audit.WriteAsync(new(AuthEvent.DeleteClient) { ClientId = client.ClientId, Target = client.ClientId }, cancellationToken);
    }

    /// <summary>Writes metadata into the client's record.</summary>
    public static void Apply(ClientMetadata metadata, OAuthClient client)
    {
        client.ClientType = metadata.IsPublic ? ClientTypes.Public : ClientTypes.Confidential;
        client.ApplicationType = metadata.ApplicationType;
        client.ConsentType = ConsentTypes.Explicit;
        client.DisplayName = metadata.Name;
        client.RedirectUris = JsonSerializer.Serialize(metadata.RedirectUris);
        client.JsonWebKeySet = metadata.Keys?.ToJsonString();
        client.Permissions = JsonSerializer.Serialize(PermissionsFor(metadata));
        client.Metadata = ClientMetadataJson.Write(metadata);
    }

    public string UriOf(OAuthClient client) => addresses.UrlOf($"{AuthPaths.Register}/{client.ClientId}");

    public static bool IsRegistrationToken(OAuthClient client, string token) =>
        client.RegistrationTokenHash is { } hash &&
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(token)));

    private static IEnumerable<string> PermissionsFor(ClientMetadata metadata)
    {
        yield return Permissions.Endpoints.Token;
        yield return Permissions.Endpoints.Revocation;
        if (metadata.GrantTypes.Contains(GrantTypes.AuthorizationCode))
        {
            yield return Permissions.Endpoints.Authorization;
            yield return Permissions.ResponseTypes.Code;
        }

        if (metadata.GrantTypes.Contains(GrantTypes.DeviceCode)) yield return Permissions.Endpoints.DeviceAuthorization;

        foreach (var grant in metadata.GrantTypes) yield return Permissions.Prefixes.GrantType + grant;

        // Introspection is for clients that can prove who they are (RFC 7662 §2.1).
        if (!metadata.IsPublic) yield return Permissions.Endpoints.Introspection;
    }

    // Nobody has signed in to register a client; who it acts for is in the audit of grants.
    private Task WriteAsync(string operation, OAuthClient client, ClientMetadata metadata, CancellationToken cancellationToken) =>
        audit.WriteAsync(
            new(operation)
            {
                OrganizationId = AuditChain.Server,
                ClientId = client.ClientId,
                Target = client.ClientId,
                Details = new Dictionary<string, object?>
                {
                    ["name"] = metadata.Name,
                    ["redirectUris"] = metadata.RedirectUris,
                    ["grantTypes"] = metadata.GrantTypes,
                    ["authentication"] = metadata.AuthenticationMethod,
                },
            },
            cancellationToken);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
