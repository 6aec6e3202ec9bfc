using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Access;

/// <summary>Makes the actor of a request from its grant and the person's rights as they are now.</summary>
public sealed class ActorResolver(IDbContextFactory<NexusDbContext> database)
{
    /// <summary>Null when the person no longer belongs to the organisation that the token was issued for.</summary>
    public async Task<Actor?> ResolveAsync(AccessGrant grant, string surface, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await (
            from member in db.Members
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            where member.UserId == grant.UserId && member.OrganizationId == grant.OrganizationId
            select new { member.Email, member.Name, member.Role, member.Grants, Organization = organization.Name })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null) return null;

        return new Actor
        {
            UserId = grant.UserId,
            Email = found.Email,
            Name = found.Name,
            OrganizationId = grant.OrganizationId,
            OrganizationName = found.Organization,
            Role = found.Role,
            Scopes = grant.Scopes,
            AssignedProjects = await AssignedProjectsAsync(db, grant, found.Role, cancellationToken),
            Grants = found.Grants,
            ClientId = grant.ClientId,
            TokenId = grant.TokenId,
            Surface = surface,
        };
    }

    private static async Task<IReadOnlySet<Guid>> AssignedProjectsAsync(
        NexusDbContext db, AccessGrant grant, Role role, CancellationToken cancellationToken)
    {
        if (AccessPolicy.SeesAllProjects(role)) return new HashSet<Guid>();
        var assigned =
            from assignment in db.ProjectMembers
            join project in db.Projects on assignment.ProjectId equals project.Id
            where assignment.UserId == grant.UserId && project.OrganizationId == grant.OrganizationId
            select project.Id;
        return await assigned.ToHashSetAsync(cancellationToken);
    }
}
