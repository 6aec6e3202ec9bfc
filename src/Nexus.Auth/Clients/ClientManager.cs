using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Nexus.Auth.Clients;

/// <summary>OpenIddict's client manager with our rules for redirect URIs, and for clients that publish their keys.</summary>
internal sealed class ClientManager(
    IOpenIddictApplicationCache<OAuthClient> cache,
    ILogger<OpenIddictApplicationManager<OAuthClient>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OAuthClient> store)
    : OpenIddictApplicationManager<OAuthClient>(cache, logger, options, store)
{
    public override async ValueTask<bool> ValidateRedirectUriAsync(
        OAuthClient application, string uri, CancellationToken cancellationToken = default)
    {
        var registered = await GetRedirectUrisAsync(application, cancellationToken);
        return registered.Any(candidate => RedirectUriMatching.Matches(candidate, uri));
    }

    public override async IAsyncEnumerable<ValidationResult> ValidateAsync(
        OAuthClient application, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // OpenIddict knows secrets and stored keys only.
        var publishesKeys = application.MetadataOf().KeysUri is not null;
        await foreach (var result in base.ValidateAsync(application, cancellationToken))
            if (!publishesKeys || result.ErrorMessage != OpenIddictResources.GetResourceString("ID2113")) yield return result;
    }
}
