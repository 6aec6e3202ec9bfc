using Nexus.Core.Access;
using Nexus.Core.Deployments;

namespace Nexus.Core.Databases.Fixes;

/// <summary>Gathers what a fix is to be read from: the caller's own snippet, and a deployment's log if they may see that.</summary>
public sealed class FixLogs(DeploymentLogs deployments)
{
    /// <exception cref="NexusException"><c>MISSING_SCOPE</c>, <c>DEPLOYMENT_NOT_FOUND</c>: whoever may not read the log gets nothing out of it here either.</exception>
    internal async Task<string> ReadAsync(Actor actor, AskedFix asked, CancellationToken cancellationToken)
    {
        if (asked.Deployment is not { } deployment) return asked.LogSnippet;
        var page = await deployments.ReadAsync(actor, deployment, new() { Lines = DeploymentLogs.MostLines }, cancellationToken);
        return string.Join('\n', page.Lines.Select(line => line.Text).Append(asked.LogSnippet));
    }
}
