using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Projects;
using Nexus.Core.Storage;

namespace Nexus.Core.Organizations;

/// <summary>An invitation just made. Its token is told once, and kept nowhere.</summary>
public sealed record NewInvitation(Guid Id, string Email, Role Role, DateTimeOffset ExpiresAt, [property: JsonIgnore] string Token);

/// <summary>Who accepts: an account of the authorization server.</summary>
public sealed record Invitee(Guid UserId, string Email, string Name);

/// <summary>Inviting people, and coming in.</summary>
public sealed class InvitationCommands(CommandDoor door, IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MostOpen = 200;

    /// <summary>As the other, with the project that counts where none is named.</summary>
    public Task<NewInvitation> InviteAsync(
        Actor actor, string email, Role role, CommandOptions options, CancellationToken cancellationToken) =>
        InviteAsync(actor, email, role, projects: null, options, cancellationToken);

    /// <summary>Makes a link for one person. An earlier one for the same address is worth nothing from then on.</summary>
    /// <param name="actor">An Owner or Admin.</param>
    /// <param name="email">Whose link it is.</param>
    /// <param name="role">What they will be.</param>
    /// <param name="projects">What they will be assigned to; null for the oldest project, so that nobody comes into an empty room.</param>
    /// <param name="options">As of every command.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<NewInvitation> InviteAsync(
        Actor actor, string email, Role role, IReadOnlyList<Guid>? projects, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.InviteMember, new { email, role, projects }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            MemberRules.CheckMayHandle(actor, role);
            var address = MemberRules.CheckEmail(email);
            await MemberRules.LockAsync(context, token);
            await CheckRoomAsync(context, address, token);
            var secret = InvitationTokens.New();
            var invitation = New(context, address, role, await Assignments.ChooseAsync(context, projects, token), secret);
            context.Db.Add(invitation);
            context.Target = invitation.Id.ToString();
            return new NewInvitation(invitation.Id, address, role, invitation.ExpiresAt, secret);
        }, cancellationToken);
    }

    /// <summary>Makes its link worth nothing.</summary>
    public Task<Invitation> RevokeAsync(Actor actor, Guid id, CommandOptions options, CancellationToken cancellationToken) =>
        door.ExecuteAsync(actor, new(Operation.RevokeInvitation, new { invitationId = id }, options), async (context, token) =>
        {
            context.Target = id.ToString();
            var invitation = await context.Db.Invitations.FirstOrDefaultAsync(
                one => one.Id == id && one.OrganizationId == actor.OrganizationId, token) ?? throw PeopleErrors.NoSuchInvitation();
            MemberRules.CheckMayHandle(actor, invitation.Role);
            context.Db.Remove(invitation);
            return invitation;
        }, cancellationToken);

    /// <summary>The invitation behind a link, with the organisation's name; null when it is used, revoked, expired or made up.</summary>
    public async Task<OpenInvitation?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (InvitationTokens.Hash(token), time.GetUtcNow());
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await (
            from invitation in db.Invitations
            join organization in db.Organizations on invitation.OrganizationId equals organization.Id
            where invitation.TokenHash == hash && invitation.ExpiresAt > now
            select new OpenInvitation(
                invitation.Id, invitation.OrganizationId, organization.Name, invitation.Email, invitation.Role, invitation.ExpiresAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes the invitee in. Of several at once, one comes in.</summary>
    public async Task<Membership> AcceptAsync(string token, Invitee person, string surface, CancellationToken cancellationToken)
    {
        var open = await FindAsync(token, cancellationToken) ?? throw PeopleErrors.NoSuchInvitation();
        if (!string.Equals(open.Email, person.Email, StringComparison.OrdinalIgnoreCase)) throw PeopleErrors.NotYours(open.Email);

        var command = new Command(Operation.AcceptInvitation, new { invitationId = open.Id }, CommandOptions.None);
        return await door.ExecuteAsync(open.ActorFor(person, surface), command, async (context, cancellation) =>
        {
            await MemberRules.LockAsync(context, cancellation);
            var invitation = await context.Db.Invitations.FirstOrDefaultAsync(
                one => one.Id == open.Id && one.ExpiresAt > context.Now, cancellation) ?? throw PeopleErrors.NoSuchInvitation();
            if (await context.Db.Members.FindAsync([open.OrganizationId, person.UserId], cancellation) is not null)
                throw PeopleErrors.AlreadyMember(person.Email);

            context.Db.Remove(invitation);
            context.Db.Add(MemberOf(invitation, person, context.Now));
            await Assignments.AddAsync(context, person.UserId, invitation.Projects, cancellation);
            context.Target = person.UserId.ToString();
            return new Membership(
                person.UserId, person.Email, person.Name, open.OrganizationId, open.OrganizationName, invitation.Role, context.Now);
        }, cancellationToken);
    }

    private static async Task CheckRoomAsync(CommandContext context, string email, CancellationToken cancellationToken)
    {
        var organization = context.Actor.OrganizationId;
        var members = await context.Db.Members
            .Where(member => member.OrganizationId == organization).Select(member => member.Email).ToListAsync(cancellationToken);
        if (members.Contains(email, StringComparer.OrdinalIgnoreCase)) throw PeopleErrors.AlreadyMember(email);

        var invitations = await context.Db.Invitations
            .Where(invitation => invitation.OrganizationId == organization).ToListAsync(cancellationToken);
        var dead = invitations.Where(invitation =>
            invitation.ExpiresAt <= context.Now || invitation.Email.Equals(email, StringComparison.OrdinalIgnoreCase)).ToList();
        if (invitations.Count - dead.Count >= MostOpen) throw PeopleErrors.TooMany("open invitations", MostOpen);
        context.Db.RemoveRange(dead);
    }

    private static Invitation New(
        CommandContext context, string email, Role role, IReadOnlyList<Guid> projects, string secret) => new()
        {
            Id = Guid.CreateVersion7(context.Now),
            OrganizationId = context.Actor.OrganizationId,
            Email = email,
            Role = role,
            Projects = projects,
            TokenHash = InvitationTokens.Hash(secret),
            InvitedBy = context.Actor.UserId,
            CreatedAt = context.Now,
            ExpiresAt = context.Now + Lifetime,
        };

    private static Member MemberOf(Invitation invitation, Invitee person, DateTimeOffset now) => new()
    {
        OrganizationId = invitation.OrganizationId,
        UserId = person.UserId,
        Email = person.Email,
        Name = person.Name,
        Role = invitation.Role,
        JoinedAt = now,
    };
}
