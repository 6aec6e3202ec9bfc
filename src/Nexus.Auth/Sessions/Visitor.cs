using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Pages;
using Nexus.Core.Access;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Sessions;

/// <summary>The person at a page for signed-in people, and their place in the organisation; none for someone who was removed from it.</summary>
internal sealed record Visitor(BrowserSession Session, Membership? Membership)
{
    /// <summary>Under which the layout finds it.</summary>
    public const string Key = nameof(Visitor);

    public Account Account => Session.Account;

    public bool ManagesUsers => Membership is { } membership && AccessPolicy.Allows(membership.Role, Permission.ManageUsers);
}

/// <summary>Lets signed-in people into pages, and sends the others to sign in and come back.</summary>
internal sealed class Visitors(BrowserSessions sessions, OrganizationDirectory organizations, TimeProvider time)
{
    /// <summary>How long after signing in a person may change what guards the account without proving anew who they are.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    public Task<IActionResult> AdmitAsync(
        PageModel page, Func<Visitor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        AdmitAsync(page, TimeSpan.MaxValue, show, cancellationToken);

    /// <summary>Admits only who signed in a short while ago.</summary>
    public Task<IActionResult> AdmitRecentAsync(
        PageModel page, Func<Visitor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        AdmitAsync(page, Recent, show, cancellationToken);

    private async Task<IActionResult> AdmitAsync(
        PageModel page, TimeSpan age, Func<Visitor, Task<IActionResult>> show, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync() is not { } session || time.GetUtcNow() - session.AuthenticatedAt > age)
            return new RedirectResult(SignInModel.UrlFor(page.Request.Path));

        var visitor = new Visitor(session, await organizations.FindAsync(session.Account.Id, cancellationToken));
        page.ViewData[Visitor.Key] = visitor;
        return await show(visitor);
    }
}
