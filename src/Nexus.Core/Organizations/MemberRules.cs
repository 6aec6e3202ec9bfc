using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Storage;

namespace Nexus.Core.Organizations;

/// <summary>The rules about who may do what to whom.</summary>
internal static class MemberRules
{
    public const int LongestEmail = 256;
    public const int LongestName = 100;

    /// <summary>
    /// Makes commands on one organisation's people wait for each other, so that two of them can't each leave the other's Owner as
    /// the last one. Any write to the organisation's row locks it until the transaction ends.
    /// </summary>
    public static Task LockAsync(CommandContext context, CancellationToken cancellationToken) => context.Db.Organizations
        .Where(organization => organization.Id == context.Actor.OrganizationId)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.Name, one => one.Name), cancellationToken);

    public static void CheckMayHandle(Actor actor, Role role)
    {
        if (!AccessPolicy.MayHandle(actor.Role, role)) throw PeopleErrors.OnlyOwners(actor.Role);
    }

    public static async Task CheckLeavesAnOwnerAsync(CommandContext context, Member leaving, CancellationToken cancellationToken)
    {
        if (leaving.Role is not Role.Owner) return;
        var others = context.Db.Members.Where(member =>
            member.OrganizationId == leaving.OrganizationId && member.Role == Role.Owner && member.UserId != leaving.UserId);
        if (!await others.AnyAsync(cancellationToken)) throw PeopleErrors.LastOwner();
    }

    public static async Task<Member> GetMemberAsync(
        this NexusDbContext db, Actor actor, Guid userId, MemberKind kind, CancellationToken cancellationToken) =>
        await db.Members.FirstOrDefaultAsync(
            member => member.OrganizationId == actor.OrganizationId && member.UserId == userId && member.Kind == kind, cancellationToken)
        ?? throw PeopleErrors.NoSuchMember();

    public static string CheckEmail(string email)
    {
        var trimmed = email.Trim();
        return trimmed.Length <= LongestEmail && !trimmed.Any(char.IsControl) && MailAddress.TryCreate(trimmed, out var address) &&
            address.Address == trimmed ? trimmed : throw PeopleErrors.BadEmail();
    }

    public static string CheckName(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl) ? trimmed : throw PeopleErrors.BadName();
    }
}
