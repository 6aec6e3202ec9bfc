using Microsoft.Extensions.Logging;
using Nexus.Core.Builds;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Usage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Brings one deployment from what is to what is wanted: look, plan one step, do it, look again. It remembers nothing between
/// steps, so it may be cut off anywhere and taken up by any node.
/// </summary>
internal sealed partial class Reconciler(
    DeploymentStates states, Observer observer, StepExecutor executor, Upkeep upkeep, RolloutLog log, ProviderCatalog providers,
    ImageCleanUp images, BuildLogs buildLogs, ReplicaMeter meter, RolloutOptions options, TimeProvider time, ILogger<Reconciler> logger)
{
    /// <summary>A rollout that the provider has made fail this often in a row, over about a minute, is given up.</summary>
    private const int MostFailedPasses = 6;

    /// <summary>A failure that looks final is tried again all the same: an engine that is going down says strange things.</summary>
    private const int MostFinalFailures = 2;

    /// <summary>Replicas that end are told of at once (<see cref="ReplicaWatch"/>), and one that fails its health check is looked at soon again.</summary>
    private static readonly TimeSpan Routine = TimeSpan.FromSeconds(10);

    /// <summary>A failure that took so long to come counts for another one, so that slow ones end a rollout as soon as quick ones.</summary>
    private static readonly TimeSpan SlowFailure = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan WorryingReplica = TimeSpan.FromSeconds(1);

    /// <summary>An image of a deleted deployment that something still uses is looked for again.</summary>
    private static readonly TimeSpan LeftImages = TimeSpan.FromMinutes(1);

    /// <summary>Runs until there is nothing to do now. Returns when to look again; null for never.</summary>
    public async Task<DateTimeOffset?> PassAsync(Guid deploymentId, int generation, CancellationToken cancellationToken)
    {
        for (var moved = false; ; moved = true)
        {
            var state = await states.LoadAsync(deploymentId, cancellationToken);
            if (state.Deployment.Generation != generation) throw new OvertakenException();
            if (IsExpired(state.Deployment))
            {
                await log.ExpireAsync(state, cancellationToken);
                return time.GetUtcNow();
            }

            var began = time.GetTimestamp();
            try
            {
                if (await StepAsync(state, moved, cancellationToken) is { } pause) return pause.Until;
            }
            catch (ProviderException failure)
            {
                var weight = 1 + (int)(time.GetElapsedTime(began) / SlowFailure);
                var tries = failure.Transient ? MostFailedPasses : MostFinalFailures;
                return await RetryOrFailAsync(state, Told(state, failure.Code, failure.Message, failure.Hint, []), tries, weight, cancellationToken);
            }
            catch (BuildException failure)
            {
                var tries = failure.Transient ? MostFailedPasses : 0;
                var told = Told(state, failure.Code, failure.Message, failure.Hint, failure.LogTail);
                return await RetryOrFailAsync(state, told, tries, 1, cancellationToken);
            }
        }
    }

    /// <summary>Null when the next step can be planned at once.</summary>
    private async Task<Pause?> StepAsync(DeploymentState state, bool moved, CancellationToken cancellationToken)
    {
        var sighting = await observer.ObserveAsync(state, cancellationToken);
        var now = time.GetUtcNow();
        var step = Planner.Plan(state.WantedWithin(options), sighting.Observed, now);
        var ready = Ready(state, sighting.Observed);
        await meter.CountAsync(state.Deployment, sighting.Replicas, sighting.ForgottenBy(step), cancellationToken);
        switch (step)
        {
            case Step.Done:
                if (state.Deployment.Wanted == WantedState.Deleted) await ForgetAsync(state.Deployment, cancellationToken);
                await log.SettleAsync(state, ready, cancellationToken);
                var clean = !MayHaveLeftImages(state, moved) || await images.RunAsync(state.Deployment, cancellationToken);
                return new(NextRoutine(state, sighting, clean, now));
            case Step.PrepareImage or Step.BuildImage:
                await log.NoteStepAsync(state, StepKinds.Of(step), ready, cancellationToken);
                await upkeep.WhileAsync(token => executor.ExecuteAsync(state, sighting, step, token), state, cancellationToken);
                return null;
            case Step.WaitUntil wait:
                await log.NoteStepAsync(state, StepKinds.Of(step), ready, cancellationToken);
                return new(wait.Time);
            default:
                await log.NoteStepAsync(state, StepKinds.Of(step), ready, cancellationToken);
                await executor.ExecuteAsync(state, sighting, step, cancellationToken);
                return null;
        }
    }

    /// <summary>A deployment can be deleted before it has a replica, and have an image already; and its later passes are for what was in use then.</summary>
    private static bool MayHaveLeftImages(DeploymentState state, bool moved) => state.Deployment.Wanted switch
    {
        WantedState.Deleted => true,
        WantedState.Stopped => false,
        _ => moved || state.RollingOut,
    };

    private async Task ForgetAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        await providers.Get(deployment.Provider).CleanUpAsync(deployment.ProjectId, cancellationToken);
        await buildLogs.ForgetAsync(deployment.Id, cancellationToken);
    }

    /// <summary>What may pass by itself is tried again, ever more slowly; what can't, or doesn't, ends the rollout.</summary>
    private async Task<DateTimeOffset> RetryOrFailAsync(
        DeploymentState state, DeploymentFailure failure, int tries, int weight, CancellationToken cancellationToken)
    {
        LogFailure(state.Deployment.Id, failure.Code, failure.Message);
        var now = time.GetUtcNow();
        var failed = state.Deployment.FailedPasses + weight;
        var hopeless = failed > tries;
        if (state.RollingOut && state.Deployment.Wanted == WantedState.Running && hopeless)
        {
            await log.FailAsync(state, failure, cancellationToken);
            return now;
        }

        await log.CountFailedPassAsync(state, failed, failure.Message, cancellationToken);
        return now + WithJitter(Planner.BackOff(Math.Min(failed, 6)));
    }

    private DeploymentFailure Told(DeploymentState state, string code, string message, string? hint, IReadOnlyList<string> logTail) =>
        new(code, message, hint, state.Revision.Number, time.GetUtcNow(), logTail);

    /// <summary>What rests is left alone: <see cref="StraySearch"/> finds what somebody started there by hand.</summary>
    private DateTimeOffset? NextRoutine(DeploymentState state, Sighting sighting, bool clean, DateTimeOffset now)
    {
        if (state.Deployment.Wanted == WantedState.Deleted) return clean ? null : now + LeftImages;
        var rests = state.Deployment.Wanted != WantedState.Running || state.GivenUp;
        var pause = sighting.Replicas.Any(observer.Worries) ? WorryingReplica : Routine;
        DateTimeOffset? next = rests ? null : now + pause;
        return next is null || state.Deployment.AutoDestroyAt < next ? state.Deployment.AutoDestroyAt : next;
    }

    private bool IsExpired(Deployment deployment) =>
        deployment.Wanted != WantedState.Deleted && deployment.AutoDestroyAt <= time.GetUtcNow();

    private static int Ready(DeploymentState state, Observed observed) => state.Deployment.Wanted == WantedState.Running
        ? observed.Replicas.Count(replica => replica.Health == Health.Healthy && observed.Routed.Contains(replica.Id))
        : 0;

    private static TimeSpan WithJitter(TimeSpan pause) => pause * (0.8 + Random.Shared.NextDouble() * 0.4);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployment {DeploymentId}: {Code}: {Answer}")]
    private partial void LogFailure(Guid deploymentId, string code, string answer);

    private sealed record Pause(DateTimeOffset? Until);
}
