namespace Nexus.Core.Access;

/// <summary>The rows of the permission matrix.</summary>
public enum Permission
{
    ViewOrganization,
    ManageOrganization,
    ManageUsers,
    ManageAiProviders,
    ViewBilling,
    ManageBilling,
    ViewAuditLog,
    ViewUsage,
    ManageSecrets,
    ManageCustomDomains,
    CreateProjects,
    ViewProjects,
    UpdateProjects,
    DeleteProjects,
    ManageProjectMembers,
    ViewDeployments,
    ViewLogs,
    ManageDeployments,
    DatabaseRead,
    DatabaseManage,
    DatabaseWrite,
}
