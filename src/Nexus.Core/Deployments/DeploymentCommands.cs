using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;
using Nexus.Core.Sources;

namespace Nexus.Core.Deployments;

/// <summary>What can be asked of deployments. Each records what is wanted and returns; the reconciler brings it about.</summary>
public sealed class DeploymentCommands(
    CommandDoor door, ProviderCatalog providers, ImagePolicy images, ServerAddresses addresses, ReconcileSignal signal)
{
    private readonly DeploymentPlacement _placement = new(addresses);
    private readonly DeploymentViews _views = new(addresses);

    /// <summary>Records a new deployment at revision 1.</summary>
    public Task<DeploymentResult> CreateAsync(
        Actor actor, CreateDeployment asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var audited = asked with { EnvVars = asked.EnvVars?.ToDictionary(variable => variable.Key, _ => "(hidden)") };
        var command = new Command(Operation.CreateDeployment, asked, options) { AuditedArguments = audited };
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var provider = await providers.RequireAvailableAsync(asked.Provider, token);
            var (revision, notes) = DeploymentContent.FirstRevision(asked, images.Check(asked.Image), context);
            var deployment = await _placement.PlaceAsync(asked, revision, provider, context, token);
            context.Db.Add(deployment);
            context.Db.Add(revision);
            await BeginAsync(deployment, context, RouteState.Starting, "created", token);
            return Result(deployment, revision, options, DeploymentContent.Differences(deployment, revision), notes);
        }, cancellationToken);
    }

    /// <summary>Ends its replicas and keeps everything else; <see cref="StartAsync"/> brings it back.</summary>
    public Task<DeploymentResult> StopAsync(
        Actor actor, string idOrName, CommandOptions options, CancellationToken cancellationToken) =>
        MoveAsync(actor, Operation.StopDeployment, idOrName, WantedState.Stopped, options, cancellationToken);

    /// <summary>Runs its revision again. One that runs already is left alone; one that failed is tried once more.</summary>
    public Task<DeploymentResult> StartAsync(
        Actor actor, string idOrName, CommandOptions options, CancellationToken cancellationToken) =>
        MoveAsync(actor, Operation.StartDeployment, idOrName, WantedState.Running, options, cancellationToken);

    /// <summary>Removes everything that runs; the name is free at once, the record stays.</summary>
    public Task<DeploymentResult> DeleteAsync(
        Actor actor, string idOrName, CommandOptions options, CancellationToken cancellationToken) =>
        MoveAsync(actor, Operation.DeleteDeployment, idOrName, WantedState.Deleted, options, cancellationToken);

    private Task<DeploymentResult> MoveAsync(
        Actor actor, Operation operation, string idOrName, WantedState wanted, CommandOptions options,
        CancellationToken cancellationToken)
    {
        var command = new Command(operation, new { deploymentId = idOrName }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var deployment = await context.Db.Deployments.GetAsync(actor, idOrName, token);
            context.Target = deployment.Id.ToString();
            DeploymentMoves.Check(deployment, wanted, options);
            var revision = (await context.Db.Revisions.FindAsync([deployment.Id, deployment.TargetRevision], token))!;
            var plan = DeploymentMoves.Differences(deployment, wanted);
            if (plan.Count > 0) await ApplyAsync(deployment, wanted, context, token);
            return Result(deployment, revision, options, plan, []);
        }, cancellationToken);
    }

    private async Task ApplyAsync(
        Deployment deployment, WantedState wanted, CommandContext context, CancellationToken cancellationToken)
    {
        DeploymentMoves.Apply(deployment, wanted, context.Now);
        var (state, word) = wanted switch
        {
            WantedState.Running => (RouteState.Starting, "started"),
            WantedState.Stopped => (RouteState.Stopped, "stopped"),
            _ => (RouteState.Removed, "deleted"),
        };
        await BeginAsync(deployment, context, state, word, cancellationToken);
    }

    /// <summary>Opens the rollout that the command made necessary, and sends visitors where they belong meanwhile.</summary>
    private async Task BeginAsync(
        Deployment deployment, CommandContext context, RouteState state, string word, CancellationToken cancellationToken)
    {
        context.Target = deployment.Id.ToString();
        await DeploymentHistory.BeginRolloutAsync(deployment, context, word, cancellationToken);
        await RouteWriter.SetAsync(
            context.Db, deployment.Id, deployment.HostLabel, state, [], context.Now, cancellationToken);
        context.AfterCommit(signal.Wake);
    }

    private DeploymentResult Result(
        Deployment deployment, Revision revision, CommandOptions options, IReadOnlyList<Change> plan,
        IReadOnlyList<string> notes) =>
        new(_views.Summary(deployment, revision.Image), options.DryRun, plan, notes);
}
