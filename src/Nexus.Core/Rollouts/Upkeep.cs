using Microsoft.Extensions.Logging;
using Nexus.Core.Providers;
using Nexus.Core.Routing;
using Nexus.Core.Usage;

namespace Nexus.Core.Rollouts;

/// <summary>Keeps the revision that serves in order while the next one's image is fetched or built, which may take long.</summary>
internal sealed partial class Upkeep(
    DeploymentStates states, Observer observer, StepExecutor executor, ReplicaMeter meter, RolloutOptions options, TimeProvider time, ILogger<Upkeep> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Returns when the image is made. Being overtaken ends both.</summary>
    public async Task WhileAsync(
        Func<CancellationToken, Task> make, DeploymentState state, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = make(ending.Token);
        // One that was stopped is not started again before the new revision is there.
        var serves = state is { ActiveRevision: not null, Route.State: RouteState.Serving };
        try
        {
            while (!making.IsCompleted && serves)
            {
                await Task.WhenAny(making, Task.Delay(Interval, time, ending.Token));
                if (!making.IsCompleted) await LookAsync(state.Deployment.Id, ending.Token);
            }
        }
        catch
        {
            await ending.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await making;
    }

    private async Task LookAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        try
        {
            while (await MendAsync((await states.LoadAsync(deploymentId, cancellationToken)).OfServing(), cancellationToken))
            {
                // Each step is followed by another look.
            }
        }
        catch (ProviderException failure)
        {
            LogPutOff(deploymentId, failure.Code, failure.Message);
        }
    }

    /// <summary>False when nothing is to be done now.</summary>
    private async Task<bool> MendAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        var sighting = await observer.ObserveAsync(state, cancellationToken);
        var step = Planner.Plan(state.WantedWithin(options), sighting.Observed, time.GetUtcNow());
        await meter.CountAsync(state.Deployment, sighting.Replicas, sighting.ForgottenBy(step), cancellationToken);
        if (step is not (Step.StartReplica or Step.RestartReplica or Step.SwitchTraffic or Step.RemoveReplica)) return false;
        await executor.ExecuteAsync(state, sighting, step, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployment {DeploymentId}: what serves is looked after later, the provider answered {Code}: {Answer}")]
    private partial void LogPutOff(Guid deploymentId, string code, string answer);
}
