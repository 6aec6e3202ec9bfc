namespace Nexus.Core.Access;

/// <summary>Who asks: the person, in which organisation and role, through which client, with which scopes. Made afresh for each request.</summary>
public sealed record Actor
{
    public required Guid UserId { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string OrganizationName { get; init; }
    public required Role Role { get; init; }

    /// <summary>The scopes that the token carries.</summary>
    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>The projects that the person is assigned to; it counts only where the role does not see all of them.</summary>
    public required IReadOnlySet<Guid> AssignedProjects { get; init; }

    /// <summary>What the person may use beyond the role.</summary>
    public PersonalGrants Grants { get; init; } = PersonalGrants.None;

    /// <summary>The OAuth client that asks on the person's behalf.</summary>
    public required string ClientId { get; init; }

    /// <summary>The token's id (<c>jti</c>), for the audit.</summary>
    public required string TokenId { get; init; }

    /// <summary>The surface that the request came through, e.g. <c>mcp</c>.</summary>
    public required string Surface { get; init; }

    /// <summary>Whether the actor sees this project.</summary>
    public bool Sees(Guid projectId) => AccessPolicy.SeesAllProjects(Role) || AssignedProjects.Contains(projectId);
}
