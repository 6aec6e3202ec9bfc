namespace Nexus.Core.Organizations;

/// <summary>The tenant: everything belongs to one.</summary>
public sealed class Organization
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
