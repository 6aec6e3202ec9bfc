using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;

namespace Nexus.Core.Organizations;

/// <summary>What can be asked of the people in an organisation. Rights are looked up at each call, so a change counts at once.</summary>
public sealed class MemberCommands(CommandDoor door)
{
    public Task<PersonView> ChangeRoleAsync(
        Actor actor, Guid userId, Role role, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.ChangeMemberRole, new { userId, role }, options), async (context, token) =>
        {
            var member = await TakeAsync(context, userId, token);
            MemberRules.CheckMayHandle(actor, role);
            if (role is not Role.Owner) await MemberRules.CheckLeavesAnOwnerAsync(context, member, token);
            member.Role = role;
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
