using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Projects;

namespace Nexus.Core.Organizations;

/// <summary>
/// Programs as members of an organisation. Their clients and secrets are the authorization server's;
/// who may have them, and that it is audited, is decided here.
/// </summary>
public sealed class ServiceAccountCommands(CommandDoor door)
{
    private const int Most = 100;

    /// <summary>As the other, assigned to the project that counts where none is named.</summary>
    public Task<PersonView> CreateAsync(
        Actor actor, string name, Role role, IReadOnlyList<string> scopes, CommandOptions options, CancellationToken cancellationToken) =>
        CreateAsync(actor, name, role, scopes, projects: null, options, cancellationToken);

    /// <param name="actor">An Owner or Admin.</param>
    /// <param name="name">To know it by.</param>
    /// <param name="role">Any but Owner.</param>
    /// <param name="scopes">What its client may ask for; the role has to have a use for each.</param>
    /// <param name="projects">What it is assigned to; null for the oldest project.</param>
    /// <param name="options">As of every command.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<PersonView> CreateAsync(
        Actor actor, string name, Role role, IReadOnlyList<string> scopes, IReadOnlyList<Guid>? projects, CommandOptions options,
        CancellationToken cancellationToken)
    {
        var command = new Command(Operation.CreateServiceAccount, new { name, role, scopes, projects }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var known = MemberRules.CheckName(name);
            if (role is Role.Owner) throw PeopleErrors.NoServiceOwner();
            if (scopes is [] || scopes.Except(AccessPolicy.UsefulScopes(role)).Any()) throw PeopleErrors.UselessScopes(role);
            await MemberRules.LockAsync(context, token);
            await CheckRoomAsync(context, token);
            var member = New(context, known, role);
            context.Db.Add(member);
            await Assignments.AddAsync(context, member.UserId, await Assignments.ChooseAsync(context, projects, token), token);
            context.Target = member.UserId.ToString();
            return PersonView.Of(member);
        }, cancellationToken);
    }

    /// <summary>Says whether its secret may be replaced, and audits that it is.</summary>
    public Task<PersonView> RotateSecretAsync(Actor actor, Guid userId, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.RotateServiceAccountSecret, new { userId }, options), async (context, token) =>
        {
            context.Target = userId.ToString();
            return PersonView.Of(await context.Db.GetMemberAsync(actor, userId, MemberKind.ServiceAccount, token));
        }, cancellationToken);

    public Task<PersonView> DeleteAsync(Actor actor, Guid userId, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.DeleteServiceAccount, new { userId }, options), async (context, token) =>
        {
            context.Target = userId.ToString();
            var member = await context.Db.GetMemberAsync(actor, userId, MemberKind.ServiceAccount, token);
            await MemberCommands.ForgetAssignmentsAsync(context, userId, token);
            context.Db.Remove(member);
            return PersonView.Of(member);
        }, cancellationToken);

    private static async Task CheckRoomAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var count = await context.Db.Members.CountAsync(
            member => member.OrganizationId == context.Actor.OrganizationId && member.Kind == MemberKind.ServiceAccount, cancellationToken);
        if (count >= Most) throw PeopleErrors.TooMany("service accounts", Most);
    }

    private static Member New(CommandContext context, string name, Role role) => new()
    {
        OrganizationId = context.Actor.OrganizationId,
        UserId = Guid.CreateVersion7(context.Now),
        Kind = MemberKind.ServiceAccount,
        Email = "",
        Name = name,
        Role = role,
        JoinedAt = context.Now,
    };
}
