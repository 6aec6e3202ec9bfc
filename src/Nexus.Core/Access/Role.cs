namespace Nexus.Core.Access;

/// <summary>What a person is in an organisation. Stored by name.</summary>
public enum Role
{
    Owner,
    Admin,
    DeploymentManager,
    Member,
    Auditor,
    BillingManager,
}
