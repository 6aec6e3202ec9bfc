namespace Nexus.Core.Access;

/// <summary>Everything that can be asked of the core, whichever surface asks it. <see cref="AccessPolicy"/> says what each needs.</summary>
public enum Operation
{
    WhoAmI,
    ListProjects,
    ListProviders,
    ListDeployments,
    ReadDeployment,
    ReadDeploymentLogs,
    ReadDeploymentHealth,
    CreateDeployment,
    RedeployDeployment,
    RollBackDeployment,
    ScaleDeployment,
    StopDeployment,
    StartDeployment,
    DeleteDeployment,
    ListSecrets,
    CreateSecret,
    UpdateSecret,
    DeleteSecret,
    ListMembers,
    InviteMember,
    RevokeInvitation,
    AcceptInvitation,
    ChangeMemberRole,
    RemoveMember,
    ListServiceAccounts,
    CreateServiceAccount,
    RotateServiceAccountSecret,
    DeleteServiceAccount,
}
