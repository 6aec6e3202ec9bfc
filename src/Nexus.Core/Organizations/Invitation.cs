using Nexus.Core.Access;

namespace Nexus.Core.Organizations;

/// <summary>Leave for one person to join. Accepting or revoking it removes the record; the audit remembers.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Email { get; init; }
    public required Role Role { get; init; }

    /// <summary>The projects that the person is assigned to when they come in.</summary>
    public IReadOnlyList<Guid> Projects { get; init; } = [];

    /// <summary>SHA-256 of the link's token, in hex.</summary>
    public required string TokenHash { get; init; }

    public required Guid InvitedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
