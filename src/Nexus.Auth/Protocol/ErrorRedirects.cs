using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Nexus.Auth.Sessions;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>
/// Keeps links to this server from leading anywhere else by way of an error (RFC 9700 §4.11.2): anybody can register a client, so where
/// nobody has signed in the browser is not sent to a web address that only its client vouches for. A page offers the way instead.
/// The operator's own client, native apps on this machine, and <c>prompt=none</c>, which must not show anything, get their answer.
/// </summary>
internal sealed class ErrorRedirects(AuthOptions options, BrowserSessions sessions)
{
    public async ValueTask<bool> MayFollowAsync(ApplyAuthorizationResponseContext context, string redirectUri)
    {
        if (context.Response.Error is null ||
            context.Request?.HasPromptValue(OpenIddictConstants.PromptValues.None) is true ||
            context.Request?.ClientId == options.StaticClient?.ClientId ||
            !redirectUri.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ||
            context.Transaction.GetHttpRequest()!.Path.Equals(AuthPaths.Bridge, StringComparison.OrdinalIgnoreCase))
            return true;
        return await sessions.FindAsync() is not null;
    }

    /// <summary>Leaves the way for the page to offer.</summary>
    public static void Offer(ApplyAuthorizationResponseContext context, string redirectUri)
    {
        var answer = context.Response.GetParameters().Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value));
        context.Transaction.GetHttpRequest()!.HttpContext.Features.Set(
            new OfferedWay(new Uri(redirectUri).Host, QueryHelpers.AddQueryString(redirectUri, answer)));
    }
}

/// <summary>Where a person may go with an error if they want to.</summary>
internal sealed record OfferedWay(string Host, string Url)
{
    public static OfferedWay? Of(HttpContext http) => http.Features.Get<OfferedWay>();
}
