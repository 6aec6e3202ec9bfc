using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;

namespace Nexus.Core;

/// <summary>Registers the core. Storage, providers and the ingress are registered beside it.</summary>
public static class CoreServices
{
    /// <summary>What every role needs: access, commands and queries.</summary>
    public static IServiceCollection AddNexusCore(
        this IServiceCollection services, ServerAddresses addresses, ImageOptions images) => services
        .AddSingleton(addresses)
        .AddSingleton(images)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ActorResolver>()
        .AddSingleton<OrganizationDirectory>()
        .AddSingleton<MemberCommands>()
        .AddSingleton<InvitationCommands>()
        .AddSingleton<ServiceAccountCommands>()
        .AddSingleton<PeopleQueries>()
        .AddSingleton<ProjectQueries>()
        .AddSingleton<ProviderCatalog>()
        .AddSingleton<ImagePolicy>()
        .AddSingleton<CommandAudit>()
        .AddSingleton<CommandRecords>()
        .AddSingleton<CommandDoor>()
        .AddSingleton<ReconcileSignal>()
        .AddSingleton<DeploymentCommands>()
        .AddSingleton<RevisionCommands>()
        .AddSingleton<DeploymentQueries>()
        .AddSingleton<HealthProbe>()
        .AddSingleton<DeploymentHealth>()
        .AddSingleton<DeploymentLogs>();

    /// <summary>The vault: secrets, sealed with the operator's key.</summary>
    public static IServiceCollection AddNexusVault(this IServiceCollection services, VaultOptions options) => services
        .AddSingleton(options)
        .AddSingleton<VaultCipher>()
        .AddSingleton<Vault>()
        .AddSingleton<DeploymentSecrets>()
        .AddSingleton<SecretCommands>()
        .AddSingleton<SecretQueries>();

    /// <summary>The <c>worker</c> role: the reconciler.</summary>
    public static IServiceCollection AddNexusWorker(this IServiceCollection services, RolloutOptions options) => services
        .AddSingleton(options)
        .AddSingleton<HealthMonitor>()
        .AddSingleton<DeploymentStates>()
        .AddSingleton<Observer>()
        .AddSingleton<RolloutLog>()
        .AddSingleton<FailureExplainer>()
        .AddSingleton<ImageCleanUp>()
        .AddSingleton<StepExecutor>()
        .AddSingleton<Reconciler>()
        .AddSingleton<Lease>()
        .AddHostedService<CommandRecordPruning>()
        .AddSingleton<StraySearch>()
        .AddHostedService<ReconcilerWorker>()
        .AddHostedService(services => services.GetRequiredService<StraySearch>());
}
