using Nexus.Core.Access;

namespace Nexus.Core.Organizations;

/// <summary>A person in an organisation, as other rooms see it.</summary>
public sealed record Membership(
    Guid UserId, string Email, string Name, Guid OrganizationId, string OrganizationName, Role Role, DateTimeOffset JoinedAt);
