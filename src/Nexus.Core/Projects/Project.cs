namespace Nexus.Core.Projects;

/// <summary>A group of deployments that share a network and people.</summary>
public sealed class Project
{
    /// <summary>The project that deployments land in when none is named.</summary>
    public const string DefaultName = "default";

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public static Project Default(Guid organizationId, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), OrganizationId = organizationId, Name = DefaultName, CreatedAt = now };
}
