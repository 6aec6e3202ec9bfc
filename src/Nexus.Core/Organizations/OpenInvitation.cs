using Nexus.Core.Access;

namespace Nexus.Core.Organizations;

/// <summary>An invitation that can still be accepted.</summary>
public sealed record OpenInvitation(
    Guid Id, Guid OrganizationId, string OrganizationName, string Email, Role Role, DateTimeOffset ExpiresAt)
{
    /// <summary>Who acts when it is accepted: the invitee, in the role that they are about to have.</summary>
    internal Actor ActorFor(Invitee person, string surface) => new()
    {
        UserId = person.UserId,
        Email = person.Email,
        Name = person.Name,
        OrganizationId = OrganizationId,
        OrganizationName = OrganizationName,
        Role = Role,
        Scopes = new HashSet<string>(),
        AssignedProjects = new HashSet<Guid>(),
        ClientId = surface,
        TokenId = Id.ToString(),
        Surface = surface,
    };
}
