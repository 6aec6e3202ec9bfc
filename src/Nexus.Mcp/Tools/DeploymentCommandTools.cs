using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>The commands that change what runs.</summary>
[Toolset("deployments")]
internal sealed class DeploymentCommandTools(DeploymentCommands commands)
{
    [McpServerTool(
        Name = "nexusai_deploy_create", Title = "Deploy an image",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Deploys a container image and returns at once with the URL it will answer at. Follow the rollout with nexusai_deploy_status and waitSeconds.")]
    [Performs(Operation.CreateDeployment)]
    public Task<DeploymentChange> CreateAsync(
        Actor actor,
        [Description("With tag or digest, e.g. nginx:1.27")] string image,
        [Description("Where the application listens"), Range(1, DeploymentRules.HighestPort)] int port,
        [Description("DNS label, unique in the organisation")] string? name = null,
        Guid? projectId = null,
        DeploymentEnvironment? environment = null,
        IReadOnlyDictionary<string, string?>? envVars = null,
        string? provider = null,
        string? region = null,
        [Range(1, DeploymentRules.MostReplicas)] int? replicas = null,
        HealthCheckType? healthCheckType = null,
        [Description("Path, e.g. /health")] string? healthCheckUrl = null,
        [Description("Replaces the image's command")] IReadOnlyList<string>? command = null,
        [Description("Databases to run beside it")] IReadOnlyList<AttachedDatabaseKind>? services = null,
        [Range(1, DeploymentRules.MostHours)] int? autoDestroyHours = null,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default)
    {
        var asked = new CreateDeployment
        {
            Image = image,
            Port = port,
            Name = name,
            ProjectId = projectId,
            Environment = environment,
            EnvVars = envVars,
            Provider = provider,
            Region = region,
            Replicas = replicas,
            HealthCheckType = healthCheckType,
            HealthCheckUrl = healthCheckUrl,
            Command = command,
            AutoDestroyHours = autoDestroyHours,
            Services = services,
        };
        return DeploymentChange.FromAsync(commands.CreateAsync(actor, asked, new(requestId, dryRun), cancellationToken));
    }

    [McpServerTool(
        Name = "nexusai_deploy_stop", Title = "Stop a deployment",
        ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = false)]
    [Description("Stops a deployment's replicas and keeps everything else. nexusai_deploy_start brings it back.")]
    [Performs(Operation.StopDeployment)]
    public Task<DeploymentChange> StopAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) =>
        DeploymentChange.FromAsync(commands.StopAsync(actor, deploymentId, new(requestId, dryRun, expectedRevision), cancellationToken));

    [McpServerTool(
        Name = "nexusai_deploy_start", Title = "Start a deployment",
        ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Starts a stopped deployment again, or tries a failed one once more.")]
    [Performs(Operation.StartDeployment)]
    public Task<DeploymentChange> StartAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) =>
        DeploymentChange.FromAsync(commands.StartAsync(actor, deploymentId, new(requestId, dryRun, expectedRevision), cancellationToken));

    [McpServerTool(
        Name = "nexusai_deploy_scale", Title = "Scale a deployment",
        ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Runs another number of replicas; requests on their way finish.")]
    [Performs(Operation.ScaleDeployment)]
    public Task<DeploymentChange> ScaleAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Range(1, DeploymentRules.MostReplicas)] int replicas,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) => DeploymentChange.FromAsync(commands.ScaleAsync(
            actor, deploymentId, replicas, new(requestId, dryRun, expectedRevision), cancellationToken));

    [McpServerTool(
        Name = "nexusai_deploy_delete", Title = "Delete a deployment",
        ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = false)]
    [Description("Deletes a deployment and everything it runs, for good. Ask the person before you call it.")]
    [Performs(Operation.DeleteDeployment)]
    public Task<DeploymentChange> DeleteAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) =>
        DeploymentChange.FromAsync(commands.DeleteAsync(actor, deploymentId, new(requestId, dryRun, expectedRevision), cancellationToken));
}
