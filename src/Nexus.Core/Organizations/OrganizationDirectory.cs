using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Projects;
using Nexus.Core.Storage;

namespace Nexus.Core.Organizations;

/// <summary>Finds people's memberships and founds the first organisation.</summary>
public sealed class OrganizationDirectory(IDbContextFactory<NexusDbContext> database, TimeProvider time)
{
    // Each request for a code or a token asks. Not static: a compiled query is for one model.
    private readonly Func<NexusDbContext, Guid, CancellationToken, Task<Membership?>> _first = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid user, CancellationToken _) => (
            from member in db.Members
            where member.UserId == user
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            orderby member.JoinedAt
            select new Membership(
                member.UserId, member.Email, member.Name, organization.Id, organization.Name, member.Role, member.JoinedAt)).FirstOrDefault());

    private readonly Func<NexusDbContext, Guid, Guid, CancellationToken, Task<Membership?>> _place = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid user, Guid organizationId, CancellationToken _) => (
            from member in db.Members
            where member.UserId == user && member.OrganizationId == organizationId
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            select new Membership(
                member.UserId, member.Email, member.Name, organization.Id, organization.Name, member.Role, member.JoinedAt)).FirstOrDefault());

    /// <summary>Whether the server has an Owner, that is, whether set-up is over.</summary>
    public async Task<bool> HasOwnerAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Members.AnyAsync(member => member.Role == Role.Owner, cancellationToken);
    }

    /// <summary>The organisation that the person signs in to: the one that they joined first. Null when they belong to none.</summary>
    public async Task<Membership?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await _first(db, userId, cancellationToken);
    }

    /// <summary>The person's place in one organisation; null when they have none there, or no longer.</summary>
    public async Task<Membership?> FindAsync(Guid userId, Guid organizationId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await _place(db, userId, organizationId, cancellationToken);
    }

    /// <summary>
    /// Founds the server's first organisation, with its Owner and a project named <c>default</c>.
    /// Of several callers at once one succeeds; the others get <c>ALREADY_SET_UP</c>.
    /// </summary>
    public async Task<Membership> FoundAsync(
        Guid ownerId, string email, string name, string organizationName, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var transaction = await db.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.Serializable, cancellationToken);
        await using var _ = transaction;
        if (await db.Members.AnyAsync(member => member.Role == Role.Owner, cancellationToken))
            throw new NexusException("ALREADY_SET_UP", "This server already has an owner.", "Sign in instead.");

        var now = time.GetUtcNow();
        var organization = new Organization { Id = Guid.CreateVersion7(now), Name = organizationName, CreatedAt = now };
        db.Organizations.Add(organization);
        db.Members.Add(new Member
        {
            OrganizationId = organization.Id,
            UserId = ownerId,
            Email = email,
            Name = name,
            Role = Role.Owner,
            JoinedAt = now,
        });
        db.Projects.Add(Project.Default(organization.Id, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(ownerId, email, name, organization.Id, organizationName, Role.Owner, now);
    }
}
