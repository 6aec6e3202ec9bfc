using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Storage;

namespace Nexus.Core.Organizations;

/// <summary>A member, as those who manage people see them.</summary>
public sealed record PersonView(Guid UserId, string Email, string Name, Role Role, DateTimeOffset JoinedAt, PersonalGrants Grants)
{
    internal static PersonView Of(Member member) =>
        new(member.UserId, member.Email, member.Name, member.Role, member.JoinedAt, member.Grants);
}

/// <summary>Everybody in an organisation, and who is invited.</summary>
public sealed record People(IReadOnlyList<PersonView> Members, IReadOnlyList<OpenInvitation> Invitations);

/// <summary>Lists people and service accounts.</summary>
public sealed class PeopleQueries(IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    public async Task<People> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListMembers);
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var members = await MembersAsync(db, actor, MemberKind.Person, cancellationToken);
        var invitations = await db.Invitations
            .Where(invitation => invitation.OrganizationId == actor.OrganizationId && invitation.ExpiresAt > now)
            .OrderBy(invitation => invitation.CreatedAt)
            .Select(invitation => new OpenInvitation(
                invitation.Id, invitation.OrganizationId, actor.OrganizationName, invitation.Email, invitation.Role, invitation.ExpiresAt))
            .ToListAsync(cancellationToken);
        return new(members, invitations);
    }

    public async Task<IReadOnlyList<PersonView>> ListServiceAccountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListServiceAccounts);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await MembersAsync(db, actor, MemberKind.ServiceAccount, cancellationToken);
    }

    private static async Task<IReadOnlyList<PersonView>> MembersAsync(
        NexusDbContext db, Actor actor, MemberKind kind, CancellationToken cancellationToken) => await db.Members
        .Where(member => member.OrganizationId == actor.OrganizationId && member.Kind == kind)
        .OrderBy(member => member.JoinedAt)
        .Select(member => new PersonView(member.UserId, member.Email, member.Name, member.Role, member.JoinedAt, member.Grants))
        .ToListAsync(cancellationToken);
}
