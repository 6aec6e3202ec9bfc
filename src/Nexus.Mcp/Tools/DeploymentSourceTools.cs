using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>The command that builds what runs.</summary>
[Toolset("deployments")]
internal sealed class DeploymentSourceTools(DeploymentCommands commands)
{
    [McpServerTool(
        Name = "nexusai_deploy_source", Title = "Deploy a repository",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Builds a Git repository by its Dockerfile or detected framework and deploys it. Follow it with nexusai_deploy_status, and logs of type build.")]
    [Performs(Operation.DeploySource)]
    public Task<DeploymentChange> DeployAsync(
        Actor actor,
        [Description("https, without credentials; or upload:ID, a zip POSTed to /uploads")] string repoUrl,
        string? name = null,
        Guid? projectId = null,
        DeploymentEnvironment? environment = null,
        [Description("Branch, tag or commit")] string? repoBranch = null,
        [Description("Secret with its token")] string? repoSecretName = null,
        [Range(1, DeploymentRules.HighestPort)] int? port = null,
        IReadOnlyDictionary<string, string?>? envVars = null,
        string? provider = null,
        string? region = null,
        [Range(1, DeploymentRules.MostHours)] int? autoDestroyHours = null,
        string? framework = null,
        [Description("Its text")] string? dockerfile = null,
        string? buildCommand = null,
        string? startCommand = null,
        string? installCommand = null,
        string? outputDir = null,
        HealthCheckType? healthCheckType = null,
        [Description("Path, e.g. /health")] string? healthCheckUrl = null,
        IReadOnlyList<AttachedDatabaseKind>? services = null,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default)
    {
        var asked = new DeploySource
        {
            RepoUrl = repoUrl,
            Name = name,
            ProjectId = projectId,
            Environment = environment,
            RepoBranch = repoBranch,
            RepoSecretName = repoSecretName,
            Port = port,
            EnvVars = envVars,
            Provider = provider,
            Region = region,
            AutoDestroyHours = autoDestroyHours,
            Framework = framework,
            Dockerfile = dockerfile,
            BuildCommand = buildCommand,
            StartCommand = startCommand,
            InstallCommand = installCommand,
            OutputDir = outputDir,
            HealthCheckType = healthCheckType,
            HealthCheckUrl = healthCheckUrl,
            Services = services,
        };
        return DeploymentChange.FromAsync(commands.CreateFromSourceAsync(actor, asked, new(requestId, dryRun), cancellationToken));
    }
}
