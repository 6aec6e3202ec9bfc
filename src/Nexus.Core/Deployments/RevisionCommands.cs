using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Uploads;

namespace Nexus.Core.Deployments;

/// <summary>The commands that give a deployment a new revision: beside the one that serves, until the new one does.</summary>
public sealed class RevisionCommands(
    CommandDoor door, ProviderCatalog providers, ImagePolicy images, SourceRules sources, ServerAddresses addresses, ReconcileSignal signal)
{
    private readonly DeploymentPlacement _placement = new(addresses);
    private readonly RollbackTargets _targets = new(providers);
    private readonly RolloutOpening _opening = new(signal);
    private readonly DeploymentViews _views = new(addresses);

    /// <summary>The wanted revision with the overrides, and its image asked of the registry again.</summary>
    public Task<DeploymentResult> RedeployAsync(
        Actor actor, string idOrName, RedeployDeployment asked, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.RedeployDeployment, new { deploymentId = idOrName, overrides = asked }, options)
        {
            AuditedArguments = new { deploymentId = idOrName, overrides = asked.ForAudit() },
        };
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var (deployment, current) = await context.GetForChangeAsync(idOrName, options, token);
            var before = DeploymentFacts.Of(deployment, current);
            var source = SourceOverrides.Of(asked, current) is { } recipe ? sources.Check(recipe) : null;
            var image = source is null ? images.Check(asked.Image ?? current.Image) : null;
            if (source is not null) await providers.RequireBuilderAsync(asked.Provider ?? deployment.Provider, token);
            var number = await NextNumberAsync(deployment, context, token);
            var (revision, notes) = DeploymentContent.NextRevision(asked, current, image, source, number, context);
            await _placement.MoveAsync(deployment, asked, providers, context, token);
            await SecretBinding.BindAsync(deployment, revision, context, token);
            await UploadUse.BindAsync(revision, context, token);
            await RollOutAsync(deployment, revision, context, "redeployed", token);
            return Result(deployment, revision, options, before, notes);
        }, cancellationToken);
    }

    /// <summary>
    /// The content of an older revision, its exact image with it, under a new number; by default of the last one that ran healthy
    /// before this one.
    /// </summary>
    public Task<DeploymentResult> RollBackAsync(
        Actor actor, string idOrName, int? targetRevision, CommandOptions options, CancellationToken cancellationToken)
    {
        var command = new Command(Operation.RollBackDeployment, new { deploymentId = idOrName, targetRevision }, options);
        return door.ExecuteAsync(actor, command, async (context, token) =>
        {
            var (deployment, current) = await context.GetForChangeAsync(idOrName, options, token);
            var before = DeploymentFacts.Of(deployment, current);
            var target = await _targets.FindAsync(deployment, current, targetRevision, context, token);
            var older = target.Revision;
            await SecretBinding.CheckStillBoundAsync(older, context, token);
            if (older.Origin == current.Origin && deployment.IsWantedRunning())
                return Result(deployment, current, options, before, [$"Revision {older.Number} is what runs already."]);

            var revision = DeploymentContent.Copy(target, await NextNumberAsync(deployment, context, token), context);
            await RollOutAsync(deployment, revision, context, "rolled_back", token);
            string[] notes = older.ServedAt is null ? [$"Revision {older.Number} has never run healthy."] : [];
            return Result(deployment, revision, options, before, notes);
        }, cancellationToken);
    }

    private async Task RollOutAsync(
        Deployment deployment, Revision revision, CommandContext context, string word, CancellationToken cancellationToken)
    {
        context.Db.Add(revision);
        deployment.TargetRevision = revision.Number;
        DeploymentMoves.Apply(deployment, WantedState.Running, context.Now);
        await _opening.BeginBesideAsync(deployment, context, word, cancellationToken);
    }

    /// <summary>A revision that was given up keeps its number.</summary>
    private static async Task<int> NextNumberAsync(
        Deployment deployment, CommandContext context, CancellationToken cancellationToken) =>
        1 + await context.Db.Revisions
            .Where(revision => revision.DeploymentId == deployment.Id)
            .MaxAsync(revision => revision.Number, cancellationToken);

    private DeploymentResult Result(
        Deployment deployment, Revision revision, CommandOptions options, DeploymentFacts before, IReadOnlyList<string> notes) =>
        new(_views.Summary(deployment, revision.Image), options.DryRun, before.Until(DeploymentFacts.Of(deployment, revision)), notes);
}
