using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Access;

/// <summary>Makes the actor of a request from its grant and the person's rights as they are now: asked of the database for each request, together for those that come together.</summary>
public sealed class ActorResolver
{
    // Not static: a compiled query is for one model.
    private readonly Func<NexusDbContext, Guid, Guid, Task<Standing?>> _find = EF.CompileAsyncQuery(
        (NexusDbContext db, Guid user, Guid organization) => (
            from member in db.Members
            join belongsTo in db.Organizations on member.OrganizationId equals belongsTo.Id
            where member.UserId == user && member.OrganizationId == organization
            select new Standing(member.Email, member.Name, member.Role, member.Grants, belongsTo.Name))
            .FirstOrDefault());

    private readonly IDbContextFactory<NexusDbContext> _database;
    private readonly SharedLookups<(Guid User, Guid Organization), Standing?> _standings;

    public ActorResolver(IDbContextFactory<NexusDbContext> database)
    {
        _database = database;
        _standings = new(key => FindAsync(key.User, key.Organization));
    }

    /// <summary>Null when the person no longer belongs to the organisation that the token was issued for.</summary>
    public async Task<Actor?> ResolveAsync(AccessGrant grant, string surface, CancellationToken cancellationToken)
    {
        var found = await _standings.AskAsync((grant.UserId, grant.OrganizationId));
        cancellationToken.ThrowIfCancellationRequested();
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
            AssignedProjects = found.AssignedProjects,
            Grants = found.Grants,
            ClientId = grant.ClientId,
            TokenId = grant.TokenId,
            Surface = surface,
        };
    }

    private async Task<Standing?> FindAsync(Guid user, Guid organization)
    {
        await using var db = await _database.CreateDbContextAsync();
        if (await _find(db, user, organization) is not { } found) return null;
        return AccessPolicy.SeesAllProjects(found.Role)
            ? found
            : found with { AssignedProjects = await AssignedProjectsAsync(db, user, organization) };
    }

    private static async Task<IReadOnlySet<Guid>> AssignedProjectsAsync(NexusDbContext db, Guid user, Guid organization)
    {
        var assigned =
            from assignment in db.ProjectMembers
            join project in db.Projects on assignment.ProjectId equals project.Id
            where assignment.UserId == user && project.OrganizationId == organization
            select project.Id;
        return await assigned.ToHashSetAsync();
    }

    /// <summary>A person's place in an organisation.</summary>
    private sealed record Standing(string Email, string Name, Role Role, PersonalGrants Grants, string Organization)
    {
        public IReadOnlySet<Guid> AssignedProjects { get; init; } = new HashSet<Guid>();
    }
}
