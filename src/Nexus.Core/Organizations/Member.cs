using Nexus.Core.Access;

namespace Nexus.Core.Organizations;

/// <summary>A person's or program's place in an organisation. The account or client behind <see cref="UserId"/> is the authorization server's.</summary>
public sealed class Member
{
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }
    public MemberKind Kind { get; init; } = MemberKind.Person;

    /// <summary>Empty for a service account.</summary>
    public required string Email { get; set; }
    public required string Name { get; set; }
    public required Role Role { get; set; }
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>What the person may use beyond the role.</summary>
    public PersonalGrants Grants { get; set; } = PersonalGrants.None;
}
