using Nexus.Core.Deployments;

namespace Nexus.Core.Secrets;

/// <summary>A named value that deployments refer to. Its versions hold the value; nothing gives it back.</summary>
public sealed class Secret
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; init; }

    /// <summary>The only project that it holds for; null for all of the organisation's.</summary>
    public required Guid? ProjectId { get; init; }

    /// <summary>The only environment that it holds for; null for all three.</summary>
    public required DeploymentEnvironment? Environment { get; init; }

    /// <summary>Project and environment in one, never null, so that a unique index can tell two secrets of one name apart.</summary>
    public required string Reach { get; init; }

    /// <summary>The newest version; it is also the token that makes parallel updates meet.</summary>
    public required int Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
