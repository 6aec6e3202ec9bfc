using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Providers;

namespace Nexus.Core.Organizations;

/// <summary>What can be asked of the people in an organisation. Rights are looked up at each call, so a change counts at once.</summary>
public sealed class MemberCommands(CommandDoor door, ProviderCatalog providers)
{
    /// <summary>Gives the person another role. Of their grants remain those that add something to it.</summary>
    public Task<PersonView> ChangeRoleAsync(
        Actor actor, Guid userId, Role role, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.ChangeMemberRole, new { userId, role }, options), async (context, token) =>
        {
            var member = await TakeAsync(context, userId, token);
            MemberRules.CheckMayHandle(actor, role);
            if (role is not Role.Owner) await MemberRules.CheckLeavesAnOwnerAsync(context, member, token);
            member.Role = role;
            member.Grants = AccessPolicy.Needed(member.Grants, role);
            return PersonView.Of(member);
        }, cancellationToken);

    /// <summary>Sets what the person may use beyond their role; what isn't named is taken away.</summary>
    public Task<PersonView> ChangeGrantsAsync(
        Actor actor, Guid userId, PersonalGrants grants, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.ChangeMemberGrants, new { userId, grants }, options), async (context, token) =>
        {
            var member = await TakeAsync(context, userId, token);
            if (grants.Providers.Except(providers.All.Select(provider => provider.Id)).Any()) throw PeopleErrors.NoSuchProvider();
            if (!grants.Environments.All(Enum.IsDefined)) throw PeopleErrors.NoSuchEnvironment();
            if (!grants.IsEmpty && !AccessPolicy.UsesGrants(member.Role)) throw PeopleErrors.NoUseForGrants(member.Role);
            member.Grants = AccessPolicy.Needed(grants, member.Role);
            return PersonView.Of(member);
        }, cancellationToken);

    /// <summary>Takes the person's place in the organisation and its projects away. The account remains.</summary>
    public Task<PersonView> RemoveAsync(Actor actor, Guid userId, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.RemoveMember, new { userId }, options), async (context, token) =>
        {
            var member = await TakeAsync(context, userId, token);
            await MemberRules.CheckLeavesAnOwnerAsync(context, member, token);
            await ForgetAssignmentsAsync(context, userId, token);
            context.Db.Remove(member);
            return PersonView.Of(member);
        }, cancellationToken);

    internal static Task<int> ForgetAssignmentsAsync(CommandContext context, Guid userId, CancellationToken cancellationToken)
    {
        var projects = context.Db.Projects.Where(project => project.OrganizationId == context.Actor.OrganizationId);
        return context.Db.ProjectMembers
            .Where(assignment => assignment.UserId == userId && projects.Any(project => project.Id == assignment.ProjectId))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<Member> TakeAsync(CommandContext context, Guid userId, CancellationToken cancellationToken)
    {
        context.Target = userId.ToString();
        await MemberRules.LockAsync(context, cancellationToken);
        var member = await context.Db.GetMemberAsync(context.Actor, userId, MemberKind.Person, cancellationToken);
        MemberRules.CheckMayHandle(context.Actor, member.Role);
        return member;
    }
}
