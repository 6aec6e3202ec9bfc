using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using Nexus.Auth.TwoFactor;

namespace Nexus.Auth.Pages;

/// <summary>Asks for the code, after the right password.</summary>
internal sealed class SecondStepModel(
    SecondStep step, SecondFactor factor, BrowserSessions sessions, AddressLimits limits, AskingClients askingClients) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public string? Problem { get; private set; }

    public string StartUrl => Return is null ? AuthPaths.SignIn : SignInModel.UrlFor(Return);

    public static string UrlFor(string? returnAddress) =>
        AuthPaths.SecondStep + (returnAddress is null ? "" : QueryString.Create("return", returnAddress).ToString());

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await step.FindAsync() is null ? StartOver() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (await step.FindAsync() is not { } account) return StartOver();
        if (limits.SignIns.Refuses(HttpContext))
            return Fail(AddressLimits.TooManyAttempts, StatusCodes.Status429TooManyRequests);
        if (Code is null || !await factor.TryAsync(account, Code, cancellationToken))
            return Fail(SecondFactor.Failure, StatusCodes.Status401Unauthorized);

        await step.EndAsync();
        await sessions.StartAsync(account);
        return Redirect(Return ?? AuthPaths.Account);
    }

    private RedirectResult StartOver() => Redirect(StartUrl);

    private PageResult Fail(string problem, int status)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!ReturnAddress.IsOurs(Return)) Return = null;
        await askingClients.AdmitAsync(Response, Return, cancellationToken);
    }
}
