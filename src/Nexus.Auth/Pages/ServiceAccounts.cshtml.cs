using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Clients;
using Nexus.Auth.Sessions;
using Nexus.Core.Access;
using Nexus.Core.Projects;

namespace Nexus.Auth.Pages;

/// <summary>Programs that work in the organisation. Changing them takes a recent sign-in: a secret outlives a session.</summary>
internal sealed class ServiceAccountsModel(Managers managers, ServiceAccounts accounts, ProjectPeopleQueries projects, AuthAddresses addresses) : PageModel
{
    /// <summary>Null for those who manage nobody.</summary>
    public Actor? Actor { get; private set; }

    public IReadOnlyList<ServiceAccount> Accounts { get; private set; } = [];

    /// <summary>Just made, and never to be shown again.</summary>
    public NewServiceClient? Credentials { get; private set; }

    public ProjectChoiceView Projects { get; private set; } = new([]);

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public string TokenUrl => addresses.UrlOf(AuthPaths.Token);

    public static IEnumerable<Role> Roles => Enum.GetValues<Role>().Where(role => role is not Role.Owner);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        managers.AdmitAsync(this, actor => ShowAsync(actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostCreateAsync(
        [FromForm] string? name, [FromForm] Role? role, [FromForm] string[] granted, [FromForm] Guid[] projects,
        CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            Credentials = await accounts.CreateAsync(actor, name ?? "", role ?? Role.Member, [.. granted.Distinct()], projects, cancellationToken);
            return "The service account is made. Keep its secret now.";
        }, cancellationToken);

    public Task<IActionResult> OnPostRotateAsync([FromForm] Guid account, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            Credentials = await accounts.RotateSecretAsync(actor, account, cancellationToken);
            return "It has a new secret; the old one is worth nothing now. Tokens that it fetched before end within the hour.";
        }, cancellationToken);

    public Task<IActionResult> OnPostDeleteAsync([FromForm] Guid account, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
            $"{(await accounts.DeleteAsync(actor, account, cancellationToken)).Name} is deleted, with its tokens.", cancellationToken);

    private Task<IActionResult> DoAsync(Func<Actor, Task<string>> act, CancellationToken cancellationToken) =>
        managers.AdmitRecentAsync(this, async actor =>
        {
            (Done, Problem) = await Deed.DoAsync(() => act(actor));
            return await ShowAsync(actor, cancellationToken);
        }, cancellationToken);

    private async Task<IActionResult> ShowAsync(Actor actor, CancellationToken cancellationToken)
    {
        Actor = actor;
        Projects = new(await projects.ListAsync(actor, cancellationToken));
        Accounts = await accounts.ListAsync(actor, cancellationToken);
        return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
