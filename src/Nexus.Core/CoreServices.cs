using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Audit;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Domains.Dns;
using Nexus.Core.Organizations;
using Nexus.Core.Plans;
using Nexus.Core.Projects;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Nexus.Core.Sources.Frameworks;
using Nexus.Core.Usage;

namespace Nexus.Core;

/// <summary>Registers the core. Storage, providers and the ingress are registered beside it.</summary>
public static class CoreServices
{
    /// <summary>What every role needs: access, commands and queries.</summary>
    public static IServiceCollection AddNexusCore(
        this IServiceCollection services, ServerAddresses addresses, ImageOptions images, AttachedDatabaseOptions? databases = null,
        PlanOptions? plan = null) => services
        .AddSingleton(addresses)
        .AddSingleton(images)
        .AddSingleton(databases ?? new())
        .AddSingleton(plan ?? new())
        .AddSingleton<PlanGuard>()
        .AddSingleton<CallQuota>()
        .AddSingleton(TimeProvider.System)
        .AddNexusUsage()
        .AddSingleton<ActorResolver>()
        .AddSingleton<OrganizationDirectory>()
        .AddSingleton<MemberCommands>()
        .AddSingleton<InvitationCommands>()
        .AddSingleton<ServiceAccountCommands>()
        .AddSingleton<PeopleQueries>()
        .AddSingleton<ProjectQueries>()
        .AddSingleton<ProjectCommands>()
        .AddSingleton<ProjectMemberCommands>()
        .AddSingleton<ProjectPeopleQueries>()
        .AddSingleton<ProviderCatalog>()
        .AddSingleton<ImagePolicy>()
        .AddSingleton<CommandAudit>()
        .AddSingleton<CommandGate>()
        .AddSingleton<CommandRecords>()
        .AddSingleton<CommandDoor>()
        .AddSingleton<OutsideDoor>()
        .AddSingleton<ReconcileSignal>()
        .AddSingleton<DeploymentCommands>()
        .AddSingleton<RevisionCommands>()
        .AddSingleton<DeploymentReader>()
        .AddSingleton<DeploymentQueries>()
        .AddSingleton<HealthProbe>()
        .AddSingleton<DockerfilePolicy>()
        .AddSingleton<BuildRecipes>()
        .AddSingleton<SourceRules>()
        .AddSingleton<BuildLogs>()
        .AddSingleton<DeploymentHealth>()
        .AddSingleton<DeploymentLogs>();

    /// <summary>What the operator's key keeps: secrets, and the seal of the audit.</summary>
    public static IServiceCollection AddNexusVault(this IServiceCollection services, VaultOptions options) => services
        .AddSingleton(options)
        .AddSingleton<AuditChains>()
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<VaultCipher>()
        .AddSingleton<Vault>()
        .AddSingleton<AttachedCredentials>()
        .AddSingleton<AttachedDatabaseMaker>()
        .AddSingleton<DeploymentSecrets>()
        .AddSingleton<SecretCommands>()
        .AddSingleton<SecretQueries>();

    /// <summary>Custom domains: claims, and their proof by DNS.</summary>
    public static IServiceCollection AddNexusDomains(this IServiceCollection services, DomainOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DnsResolvers>()
        .AddSingleton<DomainRecords>()
        .AddSingleton<DomainInspection>()
        .AddSingleton<DomainCommands>()
        .AddSingleton<CertificateStore>()
        .AddSingleton<DomainQueries>();

    /// <summary>The <c>worker</c> role: the reconciler.</summary>
    public static IServiceCollection AddNexusWorker(this IServiceCollection services, RolloutOptions options) => services
        .AddSingleton(options)
        .AddSingleton<HealthMonitor>()
        .AddSingleton<DeploymentStates>()
        .AddSingleton<Observer>()
        .AddSingleton<RolloutLog>()
        .AddSingleton<FailureExplainer>()
        .AddSingleton<DatabaseSteps>()
        .AddSingleton<ImageCleanUp>()
        .AddSingleton<StepExecutor>()
        .AddSingleton<ReplicaMeter>()
        .AddSingleton<Upkeep>()
        .AddSingleton<Reconciler>()
        .AddSingleton<Lease>()
        .AddSingleton<AuditPruning>()
        .AddHostedService<AuditRetention>()
        .AddHostedService<CommandRecordPruning>()
        .AddHostedService<UsagePruning>()
        .AddSingleton<StraySearch>()
        .AddHostedService<ReplicaWatch>()
        .AddHostedService<DomainClaimPruning>()
        .AddHostedService<ReconcilerWorker>()
        .AddHostedService(services => services.GetRequiredService<StraySearch>());
}
