using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Nexus.Auth.Accounts;
using Nexus.Auth.Clients;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Pages;

/// <summary>Signs a person in, then goes back to the authorization request or the device that asked for it — and to nowhere else.</summary>
internal sealed class SignInModel(
    PasswordSignIn signIn, BrowserSessions sessions, AddressLimits limits, ClientDirectory clients) : PageModel
{
    private static readonly string[] ReturnPrefixes = [AuthPaths.Authorize + "?", AuthPaths.Device + "?"];

    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    public string? ClientName { get; private set; }

    public string? SignedInAs { get; private set; }

    public static string UrlFor(string returnUrl) => AuthPaths.SignIn + QueryString.Create("return", returnUrl);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Return is null) SignedInAs = (await sessions.FindAsync())?.Account.Email;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (limits.SignIns.Refuses(HttpContext))
            return Fail("Too many attempts from this address. Try again in a minute.", StatusCodes.Status429TooManyRequests);
        if (Email is not { Length: > 0 and <= 256 } email || Password is not { Length: > 0 and <= 1024 } password ||
            await signIn.TryAsync(email, password, cancellationToken) is not { } account)
            return Fail(PasswordSignIn.Failure, StatusCodes.Status401Unauthorized);

        await sessions.StartAsync(account);
        return Redirect(Return ?? AuthPaths.SignIn);
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        await sessions.EndAsync();
        return Redirect(AuthPaths.SignIn);
    }

    private PageResult Fail(string problem, int status)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Return is null || !ReturnPrefixes.Any(prefix => Return.StartsWith(prefix, StringComparison.Ordinal)) || !Url.IsLocalUrl(Return))
        {
            Return = null;
            return;
        }

        var request = QueryHelpers.ParseQuery(Return[Return.IndexOf('?', StringComparison.Ordinal)..]);
        if (request.GetValueOrDefault(Parameters.ClientId).ToString() is not { Length: > 0 } clientId ||
            await clients.FindAsync(clientId, cancellationToken) is not { } client) return;
        ClientName = client.NameToShow();
        PageSecurity.AllowRedirectTo(Response, client.RedirectUriFor(request.GetValueOrDefault(Parameters.RedirectUri)));
    }
}
