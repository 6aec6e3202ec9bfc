using Docker.DotNet.Models;
using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Providers.Docker;

/// <summary>What the container of an attached database is made of.</summary>
internal static class DatabaseContainers
{
    public const string Label = "nexus.database";

    public static string NameOf(Guid deploymentId, AttachedDatabaseKind kind) => $"nexus-{Word(kind)}-{deploymentId:N}";

    /// <summary>
    /// Names that only the deployment's own replicas resolve: in one project, two deployments may each have a <c>postgresql</c>.
    /// </summary>
    public static IList<string> LinksFor(ReplicaSpec spec) =>
        [.. spec.Databases.Select(kind => $"{NameOf(spec.DeploymentId, kind)}:{Word(kind)}")];

    public static CreateContainerParameters For(AttachedDatabaseSpec spec, string networkId, ConnectedEngine engine) => new()
    {
        Name = NameOf(spec.DeploymentId, spec.Kind),
        Hostname = Word(spec.Kind),
        Image = spec.Image,
        Cmd = [.. spec.Recipe.Command],
        Env = [.. spec.Recipe.Settings.Select(setting => $"{setting.Key}={setting.Value}")],
        Labels = LabelsOf(spec),
        Healthcheck = new HealthcheckConfig
        {
            Test = ["CMD-SHELL", spec.Recipe.ReadyTest],
            Interval = TimeSpan.FromSeconds(3),
            Timeout = TimeSpan.FromSeconds(5),
            Retries = 3,
        },
        HostConfig = HostConfigFor(spec, networkId, engine),
        NetworkingConfig = new NetworkingConfig
        {
            EndpointsConfig = new Dictionary<string, EndpointSettings> { [networkId] = new() },
        },
    };

    private static HostConfig HostConfigFor(AttachedDatabaseSpec spec, string networkId, ConnectedEngine engine)
    {
        var settings = ContainerSettings.Confined(spec.Limits, engine);
        settings.NetworkMode = networkId;
        // The engine keeps a database running by itself; the reconciler only sees to it that it is there.
        settings.RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.UnlessStopped };
        settings.Mounts =
        [
            new Mount
            {
                Type = "volume",
                Source = NameOf(spec.DeploymentId, spec.Kind),
                Target = spec.Recipe.DataFolder,
                VolumeOptions = new VolumeOptions { Labels = LabelsOf(spec) },
            },
        ];
        return settings;
    }

    private static Dictionary<string, string> LabelsOf(AttachedDatabaseSpec spec) => new()
    {
        [ReplicaLabels.Organization] = spec.OrganizationId.ToString(),
        [ReplicaLabels.Project] = spec.ProjectId.ToString(),
        [ReplicaLabels.Deployment] = spec.DeploymentId.ToString(),
        [Label] = Word(spec.Kind),
    };

    private static string Word(AttachedDatabaseKind kind) => kind.ToString().ToLowerInvariant();
}
