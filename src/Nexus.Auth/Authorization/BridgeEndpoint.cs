using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Authorization;

/// <summary>
/// The bridge: a person signed in through the first-party API mints an authorization code for a client. OpenIddict has judged
/// client, redirect URI and PKCE by the time this runs; the person's own JWT stands in for page and consent.
/// </summary>
internal static class BridgeEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost(AuthPaths.Bridge, MintAsync);

    private static async Task<IResult> MintAsync(
        HttpContext http, FirstPartyTokens tokens, AuthorizationFlow flow, AuthAddresses addresses, CancellationToken cancellationToken)
    {
        var bearer = BearerToken.Of(http.Request);
        if (bearer is null || await tokens.FindAsync(bearer, cancellationToken) is not { } identity)
            return Unauthorized(http, bearer, addresses);

        var session = new BrowserSession(identity.Account, identity.IssuedAt);
        return await flow.AskAsync(http.GetOpenIddictServerRequest()!, session, cancellationToken) switch
        {
            AuthorizationStep.Ask ask => Issue(await flow.AllowWithCodeAsync(ask, session, cancellationToken)),
            AuthorizationStep.Refuse refusal => Refuse(refusal),
            var other => throw new InvalidOperationException($"The bridge can't do {other.GetType().Name}."),
        };
    }

    private static IResult Issue(AuthorizationStep.Issue step) =>
        Results.SignIn(step.Grant, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(AuthorizationStep.Refuse refusal) => Results.Forbid(
        Refusal.Properties(refusal), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    private static IResult Unauthorized(HttpContext http, string? bearer, AuthAddresses addresses)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        http.Response.Headers.CacheControl = "no-store";
        return new OAuthException(Errors.InvalidToken, FirstPartyRefusal.For(bearer), StatusCodes.Status401Unauthorized)
            .ToResult(addresses);
    }
}

/// <summary>Hands a refusal to OpenIddict, which takes it to the client.</summary>
internal static class Refusal
{
    public static AuthenticationProperties Properties(AuthorizationStep.Refuse refusal) => new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = refusal.Error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = refusal.Description,
    });
}
