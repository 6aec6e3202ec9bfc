using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Clients;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Startup;

/// <summary>Registers the client that the operator configured, or brings it up to date.</summary>
internal sealed class RegisterStaticClient(
    AuthOptions options, RedirectUriPolicy policy, IServiceScopeFactory scopes, TimeProvider time) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.StaticClient is not { } configured) return;

        var metadata = MetadataOf(configured);
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var known = (OAuthClient?)await manager.FindByClientIdAsync(configured.ClientId, cancellationToken);
        var client = known ?? new OAuthClient { ClientId = configured.ClientId, CreatedAt = time.GetUtcNow() };
        client.ClientSecret = null;
        ClientRegistry.Apply(metadata, client);
        if (known is null) await manager.CreateAsync(client, configured.ClientSecret, cancellationToken);
        else if (configured.ClientSecret is null) await manager.UpdateAsync(client, cancellationToken);
        else await manager.UpdateAsync(client, configured.ClientSecret, cancellationToken);
    }

    private ClientMetadata MetadataOf(StaticClientOptions configured)
    {
        foreach (var uri in configured.RedirectUris)
            if (policy.ProblemOf(uri) is { } problem) throw new InvalidOperationException($"OAUTH_REDIRECT_URIS: {uri} {problem}.");
        return new()
        {
            RedirectUris = configured.RedirectUris,
            AuthenticationMethod = configured.ClientSecret is null
                ? ClientAuthenticationMethods.None
                : ClientAuthenticationMethods.ClientSecretPost,
            GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken],
            Name = configured.ClientId,
        };
    }
}
