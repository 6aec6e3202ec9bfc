using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Routing;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Writes what the reconciler did and saw. Each write is one transaction and holds only while the deployment has not moved on:
/// after a newer command it ends the pass with <see cref="OvertakenException"/>. This node's ingress hears of a changed route at once.
/// </summary>
internal sealed class RolloutLog(IDbContextFactory<NexusDbContext> database, IIngressView ingress, TimeProvider time)
{
    /// <summary>For an application of which nothing says where it listens: most heed the variable PORT.</summary>
    private const int DefaultPort = 8080;

    /// <summary>Crashes are forgiven once there was none for so long.</summary>
    private static readonly TimeSpan QuietSpell = TimeSpan.FromMinutes(10);

    /// <summary>Keeps the step that now goes on, and the status that goes with it. Writes only what changed.</summary>
    public async Task NoteStepAsync(DeploymentState state, string kind, int ready, CancellationToken cancellationToken)
    {
        var status = StatusWhileMoving(state, ready, kind == StepKinds.Build);
        var sameStep = state.Rollout?.Steps is [.., { EndedAt: null } last] && last.Kind == kind;
        if ((sameStep || !state.RollingOut) && state.Deployment.Status == status && state.Deployment.ReadyReplicas == ready) return;
        await UpdateAsync(state, (update, now) =>
        {
            (update.Deployment.Status, update.Deployment.ReadyReplicas) = (status, ready);
            if (!sameStep && state.RollingOut) update.BeginStep(kind, now);
        }, cancellationToken);
    }

    /// <summary>The newest word on the step that goes on, e.g. a pull's progress.</summary>
    public Task NoteDetailAsync(DeploymentState state, string detail, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, _) => update.DetailStep(detail), cancellationToken);

    public Task ResolveAsync(
        DeploymentState state, ResolvedImage image, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, now) =>
        {
            (update.Revision.ResolvedImage, update.Revision.ExposedPorts) = (image.Reference, image.ExposedPorts);
            update.Revision.OwnsImage = image.Fetched;
            update.ForgetCrashes();
            if (image.Note is null) return;
            update.DetailStep(image.Note);
            update.Event(now, "image.note", image.Note);
        }, cancellationToken);

    /// <summary>Once the commit is known, the revision stays with it, however often its build begins again.</summary>
    public Task NoteCommitAsync(DeploymentState state, string commit, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, _) => update.Revision.Commit = commit, cancellationToken);

    public Task BuiltAsync(DeploymentState state, BuiltImage image, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, now) =>
        {
            var revision = update.Revision;
            (revision.ResolvedImage, revision.ExposedPorts, revision.OwnsImage) = (image.Reference, image.ExposedPorts, true);
            update.ForgetCrashes();
            revision.Commit = image.Commit ?? revision.Commit;
            if (revision.Port == 0) revision.Port = image.Port ?? image.ExposedPorts.FirstOrDefault(DefaultPort);
            update.Event(now, "image.built", $"Revision {revision.Number} is built{(revision.Commit is { } commit ? $" from commit {commit}" : "")}.");
        }, cancellationToken);

    /// <summary>Moves the route; when that completes a rollout, it has succeeded with the same write.</summary>
    public Task SwitchAsync(
        DeploymentState state, RouteState routeState, IReadOnlyList<RouteTarget> targets, bool completes,
        CancellationToken cancellationToken) =>
        UpdateRouteAsync(state, (update, now) =>
        {
            if (completes) update.Succeed(now);
            return (routeState, targets);
        }, cancellationToken);

    /// <summary>Ends the rollout. Where an older revision ran before, that is wanted again; else nothing of it may run.</summary>
    public Task FailAsync(DeploymentState state, DeploymentFailure failure, CancellationToken cancellationToken) =>
        UpdateRouteAsync(state, (update, now) =>
        {
            update.Fail(failure, now);
            return update.FallsBack ? null : (RouteState.Failed, []);
        }, cancellationToken);

    /// <summary>Every restart counts, so that they are bounded; one without a failure is no crash.</summary>
    public Task CountRestartAsync(
        DeploymentState state, Replica replica, DeploymentFailure? failure, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, now) => update.CountRestart(replica, failure, now), cancellationToken);

    /// <summary>Nothing is left to do.</summary>
    public async Task SettleAsync(DeploymentState state, int ready, CancellationToken cancellationToken)
    {
        var status = StatusAtRest(state, ready);
        var forgiven = state.Deployment.Crashes > 0 && time.GetUtcNow() - state.Deployment.LastCrashAt >= QuietSpell;
        var known = state.Deployment.Status == status && state.Deployment.ReadyReplicas == ready;
        if (known && !forgiven && !state.RollingOut && state.Deployment.FailedPasses == 0) return;
        await UpdateAsync(state, (update, now) =>
        {
            if (state.RollingOut) update.Succeed(now);
            if (forgiven) update.ForgetCrashes();
            (update.Deployment.Status, update.Deployment.ReadyReplicas) = (status, ready);
            update.Deployment.FailedPasses = 0;
        }, cancellationToken);
    }

    public Task CountFailedPassAsync(DeploymentState state, int failed, string detail, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, _) =>
        {
            update.Deployment.FailedPasses = failed;
            update.DetailStep(detail);
        }, cancellationToken);

    /// <summary>The time that the deployment was given is over: it is wanted deleted from now on, wherever its rollout was.</summary>
    public Task ExpireAsync(DeploymentState state, CancellationToken cancellationToken) =>
        UpdateRouteAsync(state, (update, now) =>
        {
            update.Expire(now);
            return (RouteState.Removed, []);
        }, cancellationToken);

    private static DeploymentStatus StatusWhileMoving(DeploymentState state, int ready, bool building) => state.Deployment.Wanted switch
    {
        WantedState.Running when state.RollingOut => building ? DeploymentStatus.Building : DeploymentStatus.Deploying,
        WantedState.Stopped => state.Deployment.Status,
        _ => StatusAtRest(state, ready),
    };

    private static DeploymentStatus StatusAtRest(DeploymentState state, int ready) => state.Deployment.Wanted switch
    {
        WantedState.Deleted => DeploymentStatus.Deleted,
        WantedState.Stopped => DeploymentStatus.Stopped,
        _ when state.GivenUp => DeploymentStatus.Failed,
        _ => ready >= state.Deployment.WantedReplicas ? DeploymentStatus.Running : DeploymentStatus.Degraded,
    };

    /// <summary>A change that moves the route too; null leaves it.</summary>
    private async Task UpdateRouteAsync(
        DeploymentState state, Func<DeploymentUpdate, DateTimeOffset, (RouteState State, IReadOnlyList<RouteTarget> Targets)?> change,
        CancellationToken cancellationToken)
    {
        await UpdateAsync(state, async (update, now) =>
        {
            if (change(update, now) is { } route)
            {
                await RouteWriter.SetAsync(
                    update.Db, state.Deployment.Id, state.Deployment.HostLabel, route.State, route.Targets, now, cancellationToken);
            }
        }, cancellationToken);
        ingress.Poke();
    }

    private Task UpdateAsync(
        DeploymentState state, Action<DeploymentUpdate, DateTimeOffset> change, CancellationToken cancellationToken) =>
        UpdateAsync(state, (update, now) =>
        {
            change(update, now);
            return Task.CompletedTask;
        }, cancellationToken);

    private async Task UpdateAsync(
        DeploymentState state, Func<DeploymentUpdate, DateTimeOffset, Task> change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var update = await DeploymentUpdate.LoadAsync(db, state, cancellationToken);
        await change(update, now);
        update.Deployment.UpdatedAt = now;
        await SaveAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task SaveAsync(NexusDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new OvertakenException();
        }
    }
}
