using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Core.Access;

namespace Nexus.Auth.Sessions;

/// <summary>
/// Lets members of an organisation into pages, as the actor of the core's commands. What they may do there is the core's to say;
/// this only spares the others a page full of refusals.
/// </summary>
internal sealed class Managers(Visitors visitors, ActorResolver actors)
{
    /// <summary>The surface and the client in the audit.</summary>
    public const string Surface = "pages";

    /// <summary>For those who manage users. Shows the page without an actor, as 403, to the others.</summary>
    public Task<IActionResult> AdmitAsync(
        PageModel page, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitors.AdmitAsync(page, visitor => ShowAsync(visitor, visitor.ManagesUsers, show, cancellationToken), cancellationToken);

    /// <summary>The same, for who signed in a short while ago.</summary>
    public Task<IActionResult> AdmitRecentAsync(
        PageModel page, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(page, visitor => ShowAsync(visitor, visitor.ManagesUsers, show, cancellationToken), cancellationToken);

    /// <summary>For every member.</summary>
    public Task<IActionResult> AdmitMemberAsync(
        PageModel page, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        visitors.AdmitAsync(page, visitor => ShowAsync(visitor, admitted: true, show, cancellationToken), cancellationToken);

    private async Task<IActionResult> ShowAsync(
        Visitor visitor, bool admitted, Func<Actor, Task<IActionResult>> show, CancellationToken cancellationToken) =>
        admitted && visitor.Membership is not null && await actors.ResolveAsync(GrantOf(visitor), Surface, cancellationToken) is { } actor
            ? await show(actor)
            : new PageResult { StatusCode = StatusCodes.Status403Forbidden };

    // No scopes: what these pages do takes none, and nothing else is to be done with this actor.
    private static AccessGrant GrantOf(Visitor visitor) => new(
        visitor.Account.Id, visitor.Membership!.OrganizationId, Surface, new HashSet<string>(), "browser", DateTimeOffset.MaxValue);
}
