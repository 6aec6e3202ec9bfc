namespace Nexus.Core.Projects;

/// <summary>Assigns a person to a project, for the roles that see only their own.</summary>
public sealed class ProjectMember
{
    public required Guid ProjectId { get; init; }
    public required Guid UserId { get; init; }
}
