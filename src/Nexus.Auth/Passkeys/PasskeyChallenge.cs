using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Passkeys;

/// <summary>Keeps the challenge that a browser was given in a cookie of that browser, for one answer within a few minutes.</summary>
internal sealed class PasskeyChallenge(IHttpContextAccessor http)
{
    public const string Scheme = "nexus-passkey";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private HttpContext Context => http.HttpContext!;

    /// <param name="purpose">Adding a passkey, or signing in; an answer to one is none to the other.</param>
    /// <param name="state">What Identity wants back to judge the answer.</param>
    public Task KeepAsync(string purpose, string state) =>
        Context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new(purpose, state)], Scheme)));

    /// <summary>Null when there is none, or no longer. The cookie is gone afterwards.</summary>
    public async Task<string?> TakeAsync(string purpose)
    {
        var kept = await Context.AuthenticateAsync(Scheme);
        await Context.SignOutAsync(Scheme);
        return kept.Principal?.FindFirstValue(purpose);
    }
}
