using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Nexus.Auth.Clients;
using Nexus.Auth.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Pages;

/// <summary>Finds the client whose authorization request a sign-in leads back to.</summary>
internal sealed class AskingClients(ClientDirectory clients)
{
    private const string Prefix = AuthPaths.Authorize + "?";

    /// <summary>Its name, and leave for the page's form to end up at its redirect URI; null when no client asks.</summary>
    public async Task<string?> AdmitAsync(HttpResponse response, string? returnAddress, CancellationToken cancellationToken)
    {
        if (returnAddress is null || !returnAddress.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        var request = QueryHelpers.ParseQuery(returnAddress[AuthPaths.Authorize.Length..]);
        if (request.GetValueOrDefault(Parameters.ClientId).ToString() is not { Length: > 0 } clientId ||
            await clients.FindAsync(clientId, cancellationToken) is not { } client) return null;
        PageSecurity.AllowRedirectTo(response, client.RedirectUriFor(request.GetValueOrDefault(Parameters.RedirectUri)));
        return client.NameToShow();
    }
}
