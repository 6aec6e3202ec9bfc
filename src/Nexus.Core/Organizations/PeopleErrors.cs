using Nexus.Core.Access;

namespace Nexus.Core.Organizations;

/// <summary>What can't be done with people, invitations and service accounts.</summary>
internal static class PeopleErrors
{
    public static NexusException NoSuchMember() =>
        new("MEMBER_NOT_FOUND", "There is no such member in this organisation.", "Look at the list again; somebody may have removed them.");

    public static NexusException NoSuchInvitation() =>
        new("INVITATION_NOT_FOUND", "This invitation was used, revoked or has expired.", "Ask an Owner or Admin for a new one.");

    public static NexusException NotYours(string email) => new(
        "INVITATION_FOR_ANOTHER", $"This invitation is for {email}.", "Sign in with that account, or ask for an invitation for yours.");

    public static NexusException AlreadyMember(string email) =>
        new("ALREADY_MEMBER", $"{email} belongs to this organisation already.", "Change their role instead.", "email");

    public static NexusException BadEmail() =>
        new("INVALID_EMAIL", "That is not an e-mail address.", "It has the form name@example.com.", "email");

    public static NexusException BadName() =>
        new("INVALID_NAME", "A name has 1 to 100 characters, none of them a control character.", null, "name");

    public static NexusException OnlyOwners(Role role) => new(
        "PERMISSION_DENIED", $"The role {role} may neither make an Owner nor change or remove one.", "Ask an Owner.");

    public static NexusException LastOwner() => new(
        "LAST_OWNER", "This is the organisation's last Owner.", "Make somebody else an Owner first.");

    public static NexusException NoServiceOwner() =>
        new("INVALID_ROLE", "A service account can't be an Owner.", "Choose the least role that its work needs.", "role");

    public static NexusException UselessScopes(Role role) => new(
        "INVALID_SCOPE", $"Choose one scope at least, and only scopes that the role {role} can use.", null, "scopes");

    public static NexusException NoSuchProvider() =>
        new("UNKNOWN_PROVIDER", "There is no such provider.", "List the providers to see their ids.", "providers");

    public static NexusException NoSuchEnvironment() =>
        new("INVALID_GRANT", "There is no such environment.", "Choose among Development, Staging and Production.", "environments");

    public static NexusException NoUseForGrants(Role role) => new(
        "INVALID_GRANT", $"The role {role} may not deploy, so another environment or provider adds nothing to it.", "Change the role first.", "grants");

    public static NexusException TooMany(string what, int most) =>
        new("QUOTA_EXCEEDED", $"There are {most} {what} already; more can't be had.", "Remove some first.");
}
