namespace Nexus.Core.Organizations;

/// <summary>What a member is. Stored by name.</summary>
public enum MemberKind
{
    Person,

    /// <summary>A program that signs in with a client secret of its own.</summary>
    ServiceAccount,
}
