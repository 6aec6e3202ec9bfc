using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Core.Access;

namespace Nexus.Auth.Sessions;

/// <summary>
/// Lets those who manage users into pages, as the actor of the core's commands. What they may do there is the core's to say;
/// this only spares the others a page full of refusals.
/// </summary>
internal sealed class Managers(Visitors visitors, ActorResolver actors)
{
    /// <summary>The surface and the client in the audit.</summary>
    public const string Surface = "pages";

    /// <summary>Shows the page without an actor, as 403, to those who manage nobody.</summary>
    public Task<IActionResult> AdmitAsync(
        PageModel page, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitors.AdmitAsync(page, visitor => ShowAsync(visitor, show, cancellationToken), cancellationToken);

    /// <summary>The same, for who signed in a short while ago.</summary>
    public Task<IActionResult> AdmitRecentAsync(
        PageModel page, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(page, visitor => ShowAsync(visitor, show, cancellationToken), cancellationToken);

    private async Task<IActionResult> ShowAsync(
        Visitor visitor, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitor.ManagesUsers && await actors.ResolveAsync(GrantOf(visitor), Surface, cancellationToken) is { } actor
            ? await show(actor)
            : new PageResult { StatusCode = StatusCodes.Status403Forbidden };

    // No scopes: what these pages do takes none, and nothing else is to be done with this actor.
    private static AccessGrant GrantOf(Visitor visitor) => new(
        visitor.Account.Id, visitor.Membership!.OrganizationId, Surface, new HashSet<string>(), "browser", DateTimeOffset.MaxValue);
}
