using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Sessions;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Projects;

namespace Nexus.Auth.Pages;

/// <summary>The projects that a person sees, and who works in them. The rules are the core's.</summary>
internal sealed class ProjectsModel(
    Managers managers, ProjectPeopleQueries queries, ProjectCommands projects, ProjectMemberCommands members) : PageModel
{
    /// <summary>Null for those who belong to no organisation.</summary>
    public Actor? Actor { get; private set; }

    public IReadOnlyList<ProjectPeople> Projects { get; private set; } = [];

    /// <summary>Everybody who sees only the projects that they are assigned to.</summary>
    public IReadOnlyList<ProjectPerson> Assignable { get; private set; } = [];

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public bool MayCreate => May(Operation.CreateProject);

    public bool MayRename => May(Operation.RenameProject);

    public bool MayDelete => May(Operation.DeleteProject);

    public bool MayAssign => May(Operation.AssignToProject);

    public IEnumerable<ProjectPerson> Missing(ProjectPeople project) =>
        Assignable.Where(person => project.Members.All(member => member.UserId != person.UserId));

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        managers.AdmitMemberAsync(this, actor => ShowAsync(actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostCreateAsync([FromForm] string? name, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
            $"{(await projects.CreateAsync(actor, name ?? "", CommandOptions.None, cancellationToken)).Name} is made.", cancellationToken);

    public Task<IActionResult> OnPostRenameAsync([FromForm] Guid project, [FromForm] string? name, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
            $"It is called {(await projects.RenameAsync(actor, project, name ?? "", CommandOptions.None, cancellationToken)).Name} now.",
            cancellationToken);

    public Task<IActionResult> OnPostDeleteAsync([FromForm] Guid project, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
            $"{(await projects.DeleteAsync(actor, project, CommandOptions.None, cancellationToken)).Name} is deleted.", cancellationToken);

    public Task<IActionResult> OnPostAssignAsync([FromForm] Guid project, [FromForm] Guid member, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            var assignment = await members.AssignAsync(actor, project, member, CommandOptions.None, cancellationToken);
            return $"{assignment.Name} works in {assignment.Project} now.";
        }, cancellationToken);

    public Task<IActionResult> OnPostTakeAsync([FromForm] Guid project, [FromForm] Guid member, CancellationToken cancellationToken) =>
        DoAsync(async actor =>
        {
            var assignment = await members.TakeAsync(actor, project, member, CommandOptions.None, cancellationToken);
            return $"{assignment.Name} no longer works in {assignment.Project}.";
        }, cancellationToken);

    private bool May(Operation operation) => Actor is not null && AccessPolicy.Permits(Actor, operation);

    private Task<IActionResult> DoAsync(Func<Actor, Task<string>> act, CancellationToken cancellationToken) =>
        managers.AdmitMemberAsync(this, async actor =>
        {
            (Done, Problem) = await Deed.DoAsync(() => act(actor));
            // Anew: whoever has made a project sees one more.
            return await OnGetAsync(cancellationToken);
        }, cancellationToken);

    private async Task<IActionResult> ShowAsync(Actor actor, CancellationToken cancellationToken)
    {
        Actor = actor;
        Projects = await queries.ListAsync(actor, cancellationToken);
        if (MayAssign)
        {
            Assignable = [.. (await queries.ListAssignableAsync(actor, cancellationToken))
                .Where(person => !AccessPolicy.SeesAllProjects(person.Role))];
        }

        return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
