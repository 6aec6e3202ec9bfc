using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.TwoFactor;

/// <summary>Remembers for a few minutes, in a cookie, whose password was right and whose code is still to come.</summary>
internal sealed class SecondStep(IHttpContextAccessor http, UserManager<Account> accounts)
{
    public const string Scheme = "nexus-second-step";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string StampClaim = "stamp";

    private HttpContext Context => http.HttpContext!;

    public Task BeginAsync(Account account) => Context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new(Claims.Subject, account.Id.ToString()), new(StampClaim, account.SecurityStamp!)], Scheme)));

    /// <summary>Null when there is no such sign-in, or it took too long.</summary>
    public async Task<Account?> FindAsync()
    {
        if ((await Context.AuthenticateAsync(Scheme)).Principal is not { } principal) return null;
        var account = await accounts.FindByIdAsync(principal.FindFirstValue(Claims.Subject)!);
        return account?.SecurityStamp == principal.FindFirstValue(StampClaim) ? account : null;
    }

    public Task EndAsync() => Context.SignOutAsync(Scheme);
}
