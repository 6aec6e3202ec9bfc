using Nexus.Core.Commands;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;

namespace Nexus.Core.Deployments;

/// <summary>Opens the rollout that a command made necessary, and sends visitors where they belong meanwhile.</summary>
internal sealed class RolloutOpening(ReconcileSignal signal)
{
    /// <summary>Visitors meet <paramref name="state"/> until replicas serve.</summary>
    public async Task BeginAsync(
        Deployment deployment, CommandContext context, RouteState state, string word, CancellationToken cancellationToken)
    {
        await RecordAsync(deployment, context, word, cancellationToken);
        await RouteWriter.SetAsync(
            context.Db, deployment.Id, deployment.HostLabel, state, [], context.Now, cancellationToken);
    }

    /// <summary>Replicas that serve go on serving until the new ones do.</summary>
    public async Task BeginBesideAsync(
        Deployment deployment, CommandContext context, string word, CancellationToken cancellationToken)
    {
        await RecordAsync(deployment, context, word, cancellationToken);
        var route = await context.Db.Routes.FindAsync([deployment.Id], cancellationToken);
        var serving = route is { State: RouteState.Serving };
        if (serving && route!.HostLabel == deployment.HostLabel) return;
        await RouteWriter.SetAsync(
            context.Db, deployment.Id, deployment.HostLabel, serving ? RouteState.Serving : RouteState.Starting,
            serving ? route!.Targets : [], context.Now, cancellationToken);
    }

    /// <summary>Has the deployment looked at again without a rollout; one that is on its way goes on.</summary>
    public async Task LookAgainAsync(
        Deployment deployment, CommandContext context, string word, CancellationToken cancellationToken)
    {
        context.Target = deployment.Id.ToString();
        await DeploymentHistory.CarryRolloutAsync(deployment, context, word, cancellationToken);
        context.AfterCommit(signal.Wake);
    }

    private async Task RecordAsync(
        Deployment deployment, CommandContext context, string word, CancellationToken cancellationToken)
    {
        context.Target = deployment.Id.ToString();
        await DeploymentHistory.BeginRolloutAsync(deployment, context, word, cancellationToken);
        context.AfterCommit(signal.Wake);
    }
}
