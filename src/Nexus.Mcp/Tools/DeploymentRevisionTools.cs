using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;

namespace Nexus.Mcp.Tools;

/// <summary>The commands that give a deployment another revision.</summary>
[Toolset("deployments")]
internal sealed class DeploymentRevisionTools(RevisionCommands commands)
{
    [McpServerTool(
        Name = "nexusai_deploy_redeploy", Title = "Redeploy",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Rolls a new revision out without downtime: the same, fetched afresh, with overrides. If it fails, the old one keeps serving.")]
    [Performs(Operation.RedeployDeployment)]
    public Task<DeploymentChange> RedeployAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        RedeployOverrides? overrides = null,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) => DeploymentChange.FromAsync(commands.RedeployAsync(
            actor, deploymentId, (overrides ?? new()).ToCommand(), new(requestId, dryRun, expectedRevision), cancellationToken));

    [McpServerTool(
        Name = "nexusai_deploy_rollback", Title = "Roll back",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false)]
    [Description("Brings an older revision's exact image and settings back as a new revision, without downtime.")]
    [Performs(Operation.RollBackDeployment)]
    public Task<DeploymentChange> RollBackAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Description("Default: the last that ran healthy before")] int? targetRevision = null,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) => DeploymentChange.FromAsync(commands.RollBackAsync(
            actor, deploymentId, targetRevision, new(requestId, dryRun, expectedRevision), cancellationToken));
}
