using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Sessions;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Providers;

namespace Nexus.Auth.Pages;

/// <summary>Who belongs to the organisation, and who is invited. The rules are the core's.</summary>
internal sealed class PeopleModel(
    Managers managers, PeopleQueries queries, ProjectPeopleQueries projectQueries, ProviderCatalog providers, InvitationCommands invitations,
    MemberCommands members, Departures departures, AuthAddresses addresses) : PageModel
{
    /// <summary>Null for those who manage nobody.</summary>
    public Actor? Actor { get; private set; }

    public People People { get; private set; } = new([], []);

    public IReadOnlyList<ProjectPeople> Projects { get; private set; } = [];

    /// <summary>Just made, and never to be shown again.</summary>
    public string? Link { get; private set; }

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    /// <summary>The roles that this person may give.</summary>
    public IEnumerable<Role> Roles => Enum.GetValues<Role>().Where(MayHandle);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        managers.AdmitAsync(this, actor => ShowAsync(actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostInviteAsync(
        [FromForm] string? email, [FromForm] Role? role, [FromForm] Guid[] projects, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            var invitation = await invitations.InviteAsync(
                actor, email ?? "", role ?? Role.Member, projects, CommandOptions.None, cancellationToken);
            Link = addresses.UrlOf(JoinModel.UrlFor(invitation.Token));
            return $"{invitation.Email} is invited. Send them this link; it works once, until {TimeView.Minute(invitation.ExpiresAt)}.";
        }, cancellationToken);

    public Task<IActionResult> OnPostWithdrawAsync([FromForm] Guid invitation, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            var ended = await invitations.RevokeAsync(actor, invitation, CommandOptions.None, cancellationToken);
            return $"The invitation of {ended.Email} is taken back.";
        }, cancellationToken);

    public Task<IActionResult> OnPostRoleAsync([FromForm] Guid member, [FromForm] Role? role, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            if (role is not { } wanted) throw new NexusException("INVALID_ROLE", "Choose one of the roles.");
            var changed = await members.ChangeRoleAsync(actor, member, wanted, CommandOptions.None, cancellationToken);
            return $"{changed.Name} is {RoleWordsWithArticle(changed.Role)} now.";
        }, cancellationToken);

    /// <summary>What isn't ticked is taken away.</summary>
    public Task<IActionResult> OnPostGrantsAsync(
        [FromForm] Guid member, [FromForm] DeploymentEnvironment[] environments, [FromForm] string[] granted, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            if (!ModelState.IsValid) throw new NexusException("INVALID_GRANT", "Choose some of the environments and providers.");
            var grants = new PersonalGrants { Environments = environments, Providers = granted };
            var changed = await members.ChangeGrantsAsync(actor, member, grants, CommandOptions.None, cancellationToken);
            return $"{changed.Name} may use {new GrantsView(changed, providers.All).InWords} now.";
        }, cancellationToken);

    public Task<IActionResult> OnPostRemoveAsync([FromForm] Guid member, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            var removed = await departures.RemoveAsync(actor, member, cancellationToken);
            return $"{removed.Name} is removed. What was connected in their name has stopped working.";
        }, cancellationToken);

    public GrantsView GrantsOf(PersonView member) => new(member, providers.All);

    /// <summary>The names of the projects that the person is assigned to; null for those who see all.</summary>
    public IReadOnlyList<string>? ProjectsOf(PersonView member) => AccessPolicy.SeesAllProjects(member.Role)
        ? null
        : [.. Projects.Where(project => project.Members.Any(one => one.UserId == member.UserId)).Select(project => project.Name)];

    public bool MayHandle(Role role) => Actor is not null && AccessPolicy.MayHandle(Actor.Role, role);

    private Task<IActionResult> DoAsync(Func<Actor, Task<string>> act, CancellationToken cancellationToken) =>
        managers.AdmitAsync(this, async actor =>
        {
            (Done, Problem) = await Deed.DoAsync(() => act(actor));
            return await ShowAsync(actor, cancellationToken);
        }, cancellationToken);

    private async Task<IActionResult> ShowAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            People = await queries.ListAsync(actor, cancellationToken);
            Projects = await projectQueries.ListAsync(actor, cancellationToken);
            Actor = actor;
            return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
        }
        catch (NexusException)
        {
            return new PageResult { StatusCode = StatusCodes.Status403Forbidden };
        }
    }

    private static string RoleWordsWithArticle(Role role)
    {
        var words = Accounts.RoleWords.Of(role);
        return "AO".Contains(words[0], StringComparison.Ordinal) ? "an " + words : "a " + words;
    }
}
