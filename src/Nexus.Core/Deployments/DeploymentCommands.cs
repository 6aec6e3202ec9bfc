using Nexus.Core.Access;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Uploads;

namespace Nexus.Core.Deployments;

/// <summary>What can be asked of deployments. Each records what is wanted and returns; the reconciler brings it about.</summary>
public sealed class DeploymentCommands(
    CommandDoor door, ProviderCatalog providers, ImagePolicy images, SourceRules sources, ServerAddresses addresses, ReconcileSignal signal,
    AttachedDatabaseMaker databases)
{
    private readonly DeploymentPlacement _placement = new(addresses);
    private readonly DeploymentViews _views = new(addresses);
    private readonly RolloutOpening _opening = new(signal);

    /// <summary>Records a new deployment at revision 1.</summary>
    public Task<DeploymentResult> CreateAsync(
        Actor actor, CreateDeployment asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.CreateDeployment, asked, options) { AuditedArguments = asked.ForAudit() };
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var provider = await providers.RequireAvailableAsync(asked.Provider, token);
            var (revision, notes) = DeploymentContent.FirstRevision(asked, images.Check(asked.Image), context);
            return await PlaceAsync(PlacementWish.Of(asked), revision, provider, context, options, notes, token);
        }, cancellationToken);
    }

    /// <summary>Records a new deployment at revision 1 that is to be built from a repository. Nothing is fetched yet.</summary>
    public Task<DeploymentResult> CreateFromSourceAsync(
        Actor actor, DeploySource asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.DeploySource, asked, options) { AuditedArguments = asked.ForAudit() };
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var provider = await providers.RequireBuilderAsync(asked.Provider, token);
            var (revision, notes) = DeploymentContent.FirstRevision(asked, sources.Check(asked.Recipe()), context);
            return await PlaceAsync(PlacementWish.Of(asked), revision, provider, context, options, notes, token);
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

    /// <summary>Runs another number of replicas, 1 to 10, of what runs. There is no rollout; those that leave are drained.</summary>
    public Task<DeploymentResult> ScaleAsync(
        Actor actor, string idOrName, int replicas, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.ScaleDeployment, new { deploymentId = idOrName, replicas }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var wanted = DeploymentRules.Replicas(replicas);
            var (deployment, revision) = await context.GetForChangeAsync(idOrName, options, token);
            var before = DeploymentFacts.Of(deployment, revision);
            deployment.WantedReplicas = wanted;
            var plan = before.Until(DeploymentFacts.Of(deployment, revision));
            if (plan.Count > 0)
            {
                DeploymentMoves.Touch(deployment, context.Now);
                await _opening.LookAgainAsync(deployment, context, "scaled", token);
            }

            string[] notes = deployment.Wanted == WantedState.Stopped || deployment.Status == DeploymentStatus.Failed
                ? ["It does not run now: the number counts when it is started."]
                : [];
            return Result(deployment, revision, options, plan, notes);
        }, cancellationToken);
    }

    private Task<DeploymentResult> MoveAsync(
        Actor actor, Operation operation, string idOrName, WantedState wanted, CommandOptions options,
        CancellationToken cancellationToken)
    {
        var command = new Command(operation, new { deploymentId = idOrName }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var (deployment, revision) = await context.GetForMoveAsync(idOrName, wanted, options, token);
            var plan = DeploymentMoves.Differences(deployment, wanted);
            if (plan.Count > 0) await ApplyAsync(deployment, wanted, context, token);
            return Result(deployment, revision, options, plan, []);
        }, cancellationToken);
    }

    private async Task<DeploymentResult> PlaceAsync(
        PlacementWish wish, Revision revision, IDeploymentProvider provider, CommandContext context, CommandOptions options,
        IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var deployment = await _placement.PlaceAsync(wish, revision, provider, context, cancellationToken);
        context.ProjectId = deployment.ProjectId;
        context.Db.Add(deployment);
        context.Db.Add(revision);
        databases.Record(deployment, wish.Services, provider, context);
        await SecretBinding.BindAsync(deployment, revision, context, cancellationToken);
        await UploadUse.BindAsync(revision, context, cancellationToken);
        await _opening.BeginAsync(deployment, context, RouteState.Starting, "created", cancellationToken);
        return Result(deployment, revision, options, DeploymentFacts.None.Until(DeploymentFacts.Of(deployment, revision)), notes);
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
        await _opening.BeginAsync(deployment, context, state, word, cancellationToken);
    }

    private DeploymentResult Result(
        Deployment deployment, Revision revision, CommandOptions options, IReadOnlyList<Change> plan,
        IReadOnlyList<string> notes) =>
        new(_views.Summary(deployment, revision.Image), options.DryRun, plan, notes);
}
