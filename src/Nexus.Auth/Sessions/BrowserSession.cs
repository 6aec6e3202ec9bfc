using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Sessions;

/// <summary>Who is signed in in this browser, and since when.</summary>
internal sealed record BrowserSession(Account Account, DateTimeOffset AuthenticatedAt);

/// <summary>Keeps a browser signed in with a cookie. A new password or a deleted account ends it at the next request.</summary>
internal sealed class BrowserSessions(IHttpContextAccessor http, UserManager<Account> accounts, AuthAudit audit, TimeProvider time)
{
    public const string Scheme = "nexus-browser";

    private const string StampClaim = "stamp";

    private HttpContext Context => http.HttpContext!;

    public async Task StartAsync(Account account)
    {
        await audit.WriteAsync(new(AuthEvent.SignIn) { AccountId = account.Id }, Context.RequestAborted);
        await WriteAsync(account, time.GetUtcNow());
    }

    /// <summary>Keeps this browser signed in after the account's stamp has changed; the sign-in gets no younger by it.</summary>
    public Task ContinueAsync(BrowserSession session) => WriteAsync(session.Account, session.AuthenticatedAt);

    public async Task<BrowserSession?> FindAsync()
    {
        var result = await Context.AuthenticateAsync(Scheme);
        if (result.Principal is not { } principal) return null;

        var account = await accounts.FindByIdAsync(principal.FindFirstValue(Claims.Subject)!);
        if (account is null || account.SecurityStamp != principal.FindFirstValue(StampClaim)) return null;
        var seconds = long.Parse(principal.FindFirstValue(Claims.AuthenticationTime)!, CultureInfo.InvariantCulture);
        return new(account, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    public async Task EndAsync()
    {
        if (await FindAsync() is { } session)
            await audit.WriteAsync(new(AuthEvent.SignOut) { AccountId = session.Account.Id }, Context.RequestAborted);
        await Context.SignOutAsync(Scheme);
    }

    private Task WriteAsync(Account account, DateTimeOffset authenticatedAt)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new(Claims.Subject, account.Id.ToString()));
        identity.AddClaim(new(StampClaim, account.SecurityStamp!));
        identity.AddClaim(new(
            Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return Context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new() { IsPersistent = true });
    }
}
