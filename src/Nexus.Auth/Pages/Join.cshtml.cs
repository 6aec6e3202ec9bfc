using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Accounts;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using Nexus.Core;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Pages;

/// <summary>Where an invitation's link leads. Used, revoked, expired and made-up links look the same.</summary>
internal sealed class JoinModel(
    InvitationCommands invitations, Joining joining, BrowserSessions sessions, AddressLimits limits) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public OpenInvitation? Invitation { get; private set; }

    /// <summary>The account that this browser is signed in with.</summary>
    public Account? Account { get; private set; }

    public string? Problem { get; private set; }

    public bool IsForAccount => string.Equals(Account?.Email, Invitation?.Email, StringComparison.OrdinalIgnoreCase);

    public string SignInUrl => SignInModel.UrlFor(UrlFor(Token!));

    public static string UrlFor(string token) => AuthPaths.Join + QueryString.Create("token", token);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        WithInvitationAsync(() => Task.FromResult<IActionResult>(Page()), cancellationToken);

    public Task<IActionResult> OnPostCreateAsync(CancellationToken cancellationToken) =>
        WithInvitationAsync(async () =>
        {
            if (limits.SignIns.Refuses(HttpContext))
                return Fail(AddressLimits.TooManyAttempts, StatusCodes.Status429TooManyRequests);
            if (Name is not { Length: > 0 and <= 200 } || Password is not { Length: > 0 and <= 1024 })
                return Fail("Fill in every field.");
            await sessions.StartAsync(await joining.CreateAsync(Token!, Name, Password, cancellationToken));
            return Redirect(AuthPaths.Account);
        }, cancellationToken);

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) =>
        WithInvitationAsync(async () =>
        {
            if (Account is null) return Redirect(SignInUrl);
            await joining.AcceptAsync(Token!, Account, cancellationToken);
            return Redirect(AuthPaths.Account);
        }, cancellationToken);

    /// <summary>To come back with another account.</summary>
    public async Task<IActionResult> OnPostSignOutAsync()
    {
        await sessions.EndAsync();
        return Redirect(SignInUrl);
    }

    private async Task<IActionResult> WithInvitationAsync(Func<Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        Invitation = Token is { Length: > 0 and <= 100 } ? await invitations.FindAsync(Token, cancellationToken) : null;
        if (Invitation is null) return new PageResult { StatusCode = StatusCodes.Status404NotFound };
        Account = (await sessions.FindAsync())?.Account;
        try
        {
            return await answer();
        }
        catch (NexusException refusal)
        {
            return Fail(refusal.Message);
        }
        catch (DbUpdateException)
        {
            return Fail(Joining.NoAccount); // Made twice at the same moment; the database has one.
        }
    }

    private PageResult Fail(string problem, int status = StatusCodes.Status400BadRequest)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }
}
