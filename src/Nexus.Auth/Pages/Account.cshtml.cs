using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Applications;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.Pages;

/// <summary>A person's own page: who they are, their password, and what they allowed to act for them.</summary>
internal sealed class AccountModel(
    Visitors visitors, PasswordChange passwords, ConnectedApplications applications, OtherSessions others, BrowserSessions sessions,
    UserManager<Account> accounts) : PageModel
{
    public Visitor Visitor { get; private set; } = null!;

    public IReadOnlyList<ConnectedApplication> Applications { get; private set; } = [];

    public int PasskeyCount { get; private set; }

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        visitors.AdmitAsync(this, visitor => ShowAsync(visitor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostPasswordAsync(
        [FromForm] string? current, [FromForm] string? wanted, CancellationToken cancellationToken) =>
        visitors.AdmitAsync(this, async visitor =>
        {
            Problem = current is { Length: > 0 and <= 1024 } && wanted is { Length: > 0 and <= 1024 }
                ? await passwords.TryAsync(visitor.Session, current, wanted, cancellationToken)
                : "Fill in both passwords.";
            if (Problem is null) Done = "Your password is changed. Everything else that was signed in has been signed out.";
            return await ShowAsync(visitor, cancellationToken);
        }, cancellationToken);

    public Task<IActionResult> OnPostRevokeAsync([FromForm] Guid client, CancellationToken cancellationToken) =>
        visitors.AdmitAsync(this, async visitor =>
        {
            await applications.RevokeAsync(visitor.Account.Id, client, cancellationToken);
            Done = "Disconnected. Its tokens are worth nothing from now on.";
            return await ShowAsync(visitor, cancellationToken);
        }, cancellationToken);

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        await sessions.EndAsync();
        return Redirect(AuthPaths.SignIn);
    }

    public Task<IActionResult> OnPostSignOutEverywhereAsync(CancellationToken cancellationToken) =>
        visitors.AdmitAsync(this, async visitor =>
        {
            await others.EndAllAsync(visitor.Account, cancellationToken);
            return Redirect(AuthPaths.SignIn);
        }, cancellationToken);

    private async Task<IActionResult> ShowAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        Visitor = visitor;
        PasskeyCount = (await accounts.GetPasskeysAsync(visitor.Account)).Count;
        Applications = await applications.ListAsync(visitor.Account.Id, cancellationToken);
        return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
