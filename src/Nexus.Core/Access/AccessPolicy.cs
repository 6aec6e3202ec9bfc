using System.Collections.Frozen;
using Nexus.Core.Deployments;
using static Nexus.Core.Access.Permission;
using static Nexus.Core.Access.Role;

namespace Nexus.Core.Access;

/// <summary>Who may do what: the permission matrix, the environments and providers of each role, and the needs of each operation.</summary>
public static class AccessPolicy
{
    private static readonly FrozenDictionary<Permission, Role[]> Matrix = new Dictionary<Permission, Role[]>
    {
        [ViewOrganization] = [Owner, Admin, DeploymentManager, Member, Auditor, BillingManager],
        [ManageOrganization] = [Owner, Admin],
        [ManageUsers] = [Owner, Admin],
        [ManageAiProviders] = [Owner, Admin],
        [ViewBilling] = [Owner, Admin, BillingManager],
        [ManageBilling] = [Owner, BillingManager],
        [ViewAuditLog] = [Owner, Admin, Auditor],
        [ViewUsage] = [Owner, Admin, Auditor, BillingManager],
        [ManageSecrets] = [Owner, Admin, DeploymentManager, Member],
        [ManageCustomDomains] = [Owner, Admin, DeploymentManager],
        [CreateProjects] = [Owner, Admin, Member],
        [ViewProjects] = [Owner, Admin, DeploymentManager, Member, Auditor, BillingManager],
        [UpdateProjects] = [Owner, Admin, Member],
        [DeleteProjects] = [Owner, Admin],
        [ManageProjectMembers] = [Owner, Admin],
        [ViewDeployments] = [Owner, Admin, DeploymentManager, Member, Auditor],
        [ViewLogs] = [Owner, Admin, DeploymentManager, Member, Auditor],
        [ManageDeployments] = [Owner, Admin, DeploymentManager, Member],
        [DatabaseRead] = [Owner, Admin, DeploymentManager, Member, Auditor],
        [DatabaseManage] = [Owner, Admin, DeploymentManager, Member],
        [DatabaseWrite] = [Owner, Admin, DeploymentManager, Member],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Operation, Requirement> Requirements = new Dictionary<Operation, Requirement>
    {
        [Operation.WhoAmI] = new(null, ViewOrganization),
        [Operation.ListProjects] = new(Scopes.DeploymentsRead, ViewProjects),
        [Operation.ListProviders] = new(Scopes.DeploymentsRead, ViewProjects),
        [Operation.ListDeployments] = new(Scopes.DeploymentsRead, ViewDeployments),
        [Operation.ReadDeployment] = new(Scopes.DeploymentsRead, ViewDeployments),
        [Operation.ReadDeploymentLogs] = new(Scopes.DeploymentsLogs, ViewLogs),
        [Operation.CreateDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.DeploySource] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.UploadSource] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.ReadDeploymentHealth] = new(Scopes.DeploymentsRead, ViewDeployments),
        [Operation.RedeployDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.RollBackDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.ScaleDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.StopDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.StartDeployment] = new(Scopes.DeploymentsCreate, ManageDeployments),
        [Operation.DeleteDeployment] = new(Scopes.DeploymentsDelete, ManageDeployments),
        [Operation.ListSecrets] = new(Scopes.DeploymentsRead, ManageSecrets),
        [Operation.CreateSecret] = new(Scopes.DeploymentsCreate, ManageSecrets),
        [Operation.UpdateSecret] = new(Scopes.DeploymentsCreate, ManageSecrets),
        [Operation.DeleteSecret] = new(Scopes.DeploymentsDelete, ManageSecrets),
        [Operation.ListDomains] = new(Scopes.DeploymentsRead, ViewDeployments),
        [Operation.AddDomain] = new(Scopes.DeploymentsCreate, ManageCustomDomains),
        [Operation.VerifyDomain] = new(Scopes.DeploymentsCreate, ManageCustomDomains),
        [Operation.RemoveDomain] = new(Scopes.DeploymentsDelete, ManageCustomDomains),
        [Operation.ReadUsage] = new(Scopes.DeploymentsRead, ViewUsage),
        [Operation.ListDatabaseSources] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.ConnectDatabaseSource] = new(Scopes.DatabasesWrite, DatabaseManage),
        [Operation.DeleteDatabaseSource] = new(Scopes.DatabasesWrite, DatabaseManage),
        [Operation.TestDatabaseSource] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.InspectDatabaseSchema] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.PreviewDatabaseQuery] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.QueryDatabase] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.WriteDatabase] = new(Scopes.DatabasesWrite, DatabaseWrite),
        [Operation.ProposeDatabaseFix] = new(Scopes.DatabasesRead, DatabaseRead),
        [Operation.ApplyDatabaseFix] = new(Scopes.DatabasesWrite, DatabaseWrite),
        [Operation.ListMembers] = new(null, ManageUsers),
        [Operation.InviteMember] = new(null, ManageUsers),
        [Operation.RevokeInvitation] = new(null, ManageUsers),
        [Operation.AcceptInvitation] = new(null, ViewOrganization), // The invitation itself is the leave to come in.
        [Operation.ChangeMemberRole] = new(null, ManageUsers),
        [Operation.ChangeMemberGrants] = new(null, ManageUsers),
        [Operation.RemoveMember] = new(null, ManageUsers),
        [Operation.BrowseProjects] = new(null, ViewProjects),
        [Operation.ListProjectMembers] = new(null, ManageProjectMembers),
        [Operation.CreateProject] = new(null, CreateProjects),
        [Operation.RenameProject] = new(null, UpdateProjects),
        [Operation.DeleteProject] = new(null, DeleteProjects),
        [Operation.AssignToProject] = new(null, ManageProjectMembers),
        [Operation.TakeFromProject] = new(null, ManageProjectMembers),
        [Operation.ListServiceAccounts] = new(null, ManageUsers),
        [Operation.CreateServiceAccount] = new(null, ManageUsers),
        [Operation.RotateServiceAccountSecret] = new(null, ManageUsers),
        [Operation.DeleteServiceAccount] = new(null, ManageUsers),
    }.ToFrozenDictionary();

    /// <summary>Whether the role carries the permission.</summary>
    public static bool Allows(Role role, Permission permission) => Matrix[permission].Contains(role);

    /// <summary>The scope and the permission that an operation needs; it takes both.</summary>
    public static Requirement RequirementOf(Operation operation) => Requirements[operation];

    /// <summary>Whether the role sees every project, or only those that the person is assigned to.</summary>
    public static bool SeesAllProjects(Role role) => role is Owner or Admin or Auditor or BillingManager;

    /// <summary>Whether grants add anything to the role: those who may not deploy at all gain nothing by another environment or provider.</summary>
    public static bool UsesGrants(Role role) => Allows(role, ManageDeployments);

    /// <summary>The environments that the actor may deploy to in this project; null for what holds for all projects.</summary>
    public static IReadOnlyList<DeploymentEnvironment> EnvironmentsOf(Actor actor, Guid? projectId) =>
        [.. Enum.GetValues<DeploymentEnvironment>().Where(environment =>
            EnvironmentsOf(actor.Role).Contains(environment) || IsGranted(actor, environment, projectId))];

    /// <summary>Whether the actor may deploy to the provider with this id.</summary>
    public static bool AllowsProvider(Actor actor, string providerId) =>
        AllowsProvider(actor.Role, providerId) || UsesGrants(actor.Role) && actor.Grants.Providers.Contains(providerId);

    /// <summary>What of the grants a person in this role can use and would not have without them.</summary>
    public static PersonalGrants Needed(PersonalGrants grants, Role role) => !UsesGrants(role) ? PersonalGrants.None : new()
    {
        Environments = [.. grants.Environments.Distinct().Except(EnvironmentsOf(role)).Order()],
        Providers = [.. grants.Providers.Distinct().Where(id => !AllowsProvider(role, id)).Order(StringComparer.Ordinal)],
    };

    /// <summary>The environments that the role may deploy to.</summary>
    public static IReadOnlyList<DeploymentEnvironment> EnvironmentsOf(Role role) => role switch
    {
        Owner or Admin or DeploymentManager =>
            [DeploymentEnvironment.Development, DeploymentEnvironment.Staging, DeploymentEnvironment.Production],
        Member => [DeploymentEnvironment.Development, DeploymentEnvironment.Staging],
        _ => [],
    };

    /// <summary>Whether the role may deploy to the provider with this id.</summary>
    public static bool AllowsProvider(Role role, string providerId) => role switch
    {
        Owner or Admin => true,
        DeploymentManager or Member => providerId is "docker" or "swarm",
        _ => false,
    };

    /// <summary>The scopes that a person in this role could make any use of; the others aren't offered at consent.</summary>
    public static IReadOnlyList<string> UsefulScopes(Role role) =>
        [.. Scopes.All.Where(scope => PermissionBehind(scope) is { } permission && Allows(role, permission))];

    /// <summary>Whether a person in this role may give or take the other role: only Owners make Owners, or touch one.</summary>
    public static bool MayHandle(Role role, Role other) => Allows(role, ManageUsers) && (role is Owner || other is not Owner);

    /// <summary>Refuses an actor that lacks the operation's scope or permission.</summary>
    public static void Authorize(Actor actor, Operation operation)
    {
        var (scope, permission) = RequirementOf(operation);
        if (scope is not null && !actor.Scopes.Contains(scope)) throw AccessErrors.MissingScope(scope);
        if (!Allows(actor.Role, permission)) throw AccessErrors.PermissionDenied(actor.Role, permission);
    }

    /// <summary>Whether <see cref="Authorize"/> would let the actor through.</summary>
    public static bool Permits(Actor actor, Operation operation)
    {
        var (scope, permission) = RequirementOf(operation);
        return (scope is null || actor.Scopes.Contains(scope)) && Allows(actor.Role, permission);
    }

    // Production is granted to a person, and holds only in the projects that they are assigned to.
    private static bool IsGranted(Actor actor, DeploymentEnvironment environment, Guid? projectId) =>
        UsesGrants(actor.Role)
        && actor.Grants.Environments.Contains(environment)
        && (environment is not DeploymentEnvironment.Production || projectId is { } id && actor.AssignedProjects.Contains(id));

    private static Permission? PermissionBehind(string scope) => scope switch
    {
        Scopes.DeploymentsRead => ViewProjects,
        Scopes.DeploymentsLogs => ViewLogs,
        Scopes.DeploymentsCreate or Scopes.DeploymentsDelete => ManageDeployments,
        Scopes.DatabasesRead => DatabaseRead,
        Scopes.DatabasesWrite => DatabaseWrite,
        _ => null,
    };
}

/// <summary>What an operation needs: a scope of the token (none for null) and a permission of the person.</summary>
public sealed record Requirement(string? Scope, Permission Permission);
