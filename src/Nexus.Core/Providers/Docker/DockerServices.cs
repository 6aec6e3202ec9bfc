using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Core.Providers.Docker.Building;
using Nexus.Core.Sources.Dockerfiles.Policy;

namespace Nexus.Core.Providers.Docker;

/// <summary>Registers the provider <c>docker</c>.</summary>
public static class DockerServices
{
    public static IServiceCollection AddDockerProvider(this IServiceCollection services, DockerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new BuildConfinement(options.GuardHost));
        services.AddSingleton<DockerConnection>();
        services.AddSingleton<DockerImages>();
        services.AddSingleton<DockerNetworks>();
        services.AddSingleton<HostGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<HostGuard>());
        services.AddLogging();
        services.AddSingleton<DockerReplicas>();
        services.AddSingleton<DockerLogs>();
        services.AddSingleton<DockerUsage>();
        services.AddSingleton<DockerEvents>();
        services.AddSingleton<DockerClients>();
        services.AddSingleton<BuildKitBuild>();
        services.AddSingleton<BuildNetwork>();
        services.AddSingleton<ClassicBuild>();
        services.AddSingleton<BuiltImages>();
        services.AddSingleton<DockerBuilder>();
        services.AddSingleton<DockerDatabases>();
        services.AddSingleton<IDeploymentProvider, DockerProvider>();
        return services;
    }
}
