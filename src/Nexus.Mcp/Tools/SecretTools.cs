using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Secrets;

namespace Nexus.Mcp.Tools;

/// <summary>The vault: values go in, and only deployments get them.</summary>
[Toolset("secrets")]
internal sealed class SecretTools(SecretQueries queries, SecretCommands commands)
{
    [McpServerTool(
        Name = "nexusai_secrets_list", Title = "List secrets",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Lists secrets without their values, newest first. In envVars, ${secret:NAME} stands for the value.")]
    [Performs(Operation.ListSecrets)]
    public async Task<SecretList> ListAsync(
        Actor actor,
        DeploymentEnvironment? environment = null,
        Guid? projectId = null,
        [Range(1, PageRequest.HighestLimit)] int limit = PageRequest.DefaultLimit,
        [Description(Words.Cursor)] string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var page = await queries.ListAsync(actor, new(projectId, environment), new(limit, cursor), cancellationToken);
        return new(page.Items, page.NextCursor);
    }

    [McpServerTool(
        Name = "nexusai_secrets_create", Title = "Create a secret",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false)]
    [Description("Stores a value that envVars refer to as ${secret:NAME}. Nothing returns it again.")]
    [Performs(Operation.CreateSecret)]
    public Task<SecretResult> CreateAsync(
        Actor actor,
        [Description("Like DATABASE_URL")] string name,
        string value,
        [Description("Default: all environments")] DeploymentEnvironment? environment = null,
        [Description("Default: all projects")] Guid? projectId = null,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default) =>
        commands.CreateAsync(actor, new(name, value, projectId, environment), new(requestId, dryRun), cancellationToken);

    [McpServerTool(
        Name = "nexusai_secrets_update", Title = "Change a secret",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false)]
    [Description("Gives a secret a new value as its next version. Deployments take it at their next redeploy.")]
    [Performs(Operation.UpdateSecret)]
    public Task<SecretResult> UpdateAsync(
        Actor actor,
        Guid secretId,
        string value,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default) =>
        commands.UpdateAsync(actor, secretId, value, new(requestId, dryRun), cancellationToken);

    [McpServerTool(
        Name = "nexusai_secrets_delete", Title = "Delete a secret",
        ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Deletes a secret and all its versions, for good. Refused while a deployment uses it.")]
    [Performs(Operation.DeleteSecret)]
    public Task<SecretResult> DeleteAsync(
        Actor actor,
        Guid secretId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        CancellationToken cancellationToken = default) =>
        commands.DeleteAsync(actor, secretId, new(requestId, dryRun), cancellationToken);
}

/// <summary>A page of secrets.</summary>
internal sealed record SecretList(IReadOnlyList<SecretSummary> Secrets, string? NextCursor = null);
