using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Http;
using Nexus.Auth.Passkeys;
using Nexus.Auth.Sessions;
using Nexus.Auth.TwoFactor;

namespace Nexus.Auth.Pages;

/// <summary>Signs a person in, then goes back to what asked for it.</summary>
internal sealed class SignInModel(
    PasswordSignIn signIn, SecondStep secondStep, PasskeyCeremonies passkeys, BrowserSessions sessions, AddressLimits limits, AskingClients askingClients) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    public string? ClientName { get; private set; }

    /// <summary>Whether the person is signed in already, and is asked to prove once more who they are.</summary>
    public bool Confirms { get; private set; }

    public static string UrlFor(string returnUrl) => AuthPaths.SignIn + QueryString.Create("return", returnUrl);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var session = await sessions.FindAsync();
        if (session is not null && Return is null) return Redirect(AuthPaths.Account);
        Confirms = session is not null;
        Email = session?.Account.Email;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (limits.SignIns.Refuses(HttpContext))
            return Fail(AddressLimits.TooManyAttempts, StatusCodes.Status429TooManyRequests);
        if (Email is not { Length: > 0 and <= 256 } email || Password is not { Length: > 0 and <= 1024 } password ||
            await signIn.TryAsync(email, password, cancellationToken) is not { } account)
            return Fail(PasswordSignIn.Failure, StatusCodes.Status401Unauthorized);

        if (account.TwoFactorEnabled)
        {
            await secondStep.BeginAsync(account);
            return Redirect(SecondStepModel.UrlFor(Return));
        }

        await sessions.StartAsync(account);
        return Redirect(Return ?? AuthPaths.Account);
    }

    /// <summary>For the script: what the browser has to ask its passkeys.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => limits.SignIns.Refuses(HttpContext)
        ? new ContentResult { Content = AddressLimits.TooManyAttempts, StatusCode = StatusCodes.Status429TooManyRequests }
        : Content(await passkeys.BeginSignInAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (limits.SignIns.Refuses(HttpContext)) return Fail(AddressLimits.TooManyAttempts, StatusCodes.Status429TooManyRequests);
        if (credential is null || await passkeys.SignInAsync(credential) is not { } account)
            return Fail("That passkey isn't known here, or it took too long. Try again, or use your password.", StatusCodes.Status401Unauthorized);

        await sessions.StartAsync(account); // The device made sure of the person: password and second factor in one.
        return Redirect(Return ?? AuthPaths.Account);
    }

    private PageResult Fail(string problem, int status)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!ReturnAddress.IsOurs(Return)) Return = null;
        PageSecurity.AllowOurScripts(Response);
        ClientName = await askingClients.AdmitAsync(Response, Return, cancellationToken);
    }
}
