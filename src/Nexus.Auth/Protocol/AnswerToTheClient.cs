using Nexus.Auth.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>
/// Decides where the answer to an authorization request goes: to the client's redirect URI, errors too (RFC 6749 §4.1.2.1),
/// with <c>state</c> and <c>iss</c> (RFC 9207) — unless client or redirect URI are in doubt: then to nobody, and a page tells the person.
/// </summary>
internal sealed class AnswerToTheClient(AuthAddresses addresses, IOpenIddictApplicationManager clients, ErrorRedirects errors, TimeProvider time)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseScopedHandler<AnswerToTheClient>()
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (await TrustedRedirectUriAsync(context.Request, context.CancellationToken) is not { } redirectUri) return;

        context.Response.State = context.Request?.State;
        context.Response.Iss = addresses.Issuer;
        if (!await errors.MayFollowAsync(context, redirectUri))
        {
            ErrorRedirects.Offer(context, redirectUri);
            return;
        }

        context.RedirectUri = redirectUri;
        context.ResponseMode = OpenIddictConstants.ResponseModes.Query;
    }

    private async Task<string?> TrustedRedirectUriAsync(OpenIddictRequest? request, CancellationToken cancellationToken)
    {
        if (request?.ClientId is not { Length: > 0 } clientId) return null;
        if (await clients.FindByClientIdAsync(clientId, cancellationToken) is not OAuthClient client) return null;
        if (client.DocumentFreshUntil <= time.GetUtcNow()) return null; // And can't be had anew, or it would be fresh.
        if (request.HasParameter(OpenIddictConstants.Parameters.RedirectUri) && request.RedirectUri is not "")
            return request.RedirectUri is { } uri &&
                await clients.ValidateRedirectUriAsync(client, uri, cancellationToken) ? uri : null;

        var registered = await clients.GetRedirectUrisAsync(client, cancellationToken);
        return registered is [var only] ? only : null;
    }
}
