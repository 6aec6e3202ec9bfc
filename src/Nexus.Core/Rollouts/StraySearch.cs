using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Finds replicas of deployments that rest, such as a container that somebody started by hand, and has the reconciler look at
/// those. One question to each provider and one to the database for all of them, so that what rests costs nothing.
/// </summary>
internal sealed partial class StraySearch(
    IDbContextFactory<NexusDbContext> database, ProviderCatalog providers, ReconcileSignal signal, TimeProvider time,
    ILogger<StraySearch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task SearchAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in providers.Configured)
        {
            try
            {
                var present = await provider.ListDeploymentsAsync(cancellationToken);
                if (await WakeAsync(present, cancellationToken) > 0) signal.Wake();
            }
            catch (ProviderException failure)
            {
                LogNotAnswered(provider.Id, failure.Code, failure.Message);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Interval, time, SearchAsync, LogFailed, stoppingToken);

    /// <summary>Of a stopped deployment nothing may run; of one that is deleted or given up nothing may be left at all.</summary>
    private async Task<int> WakeAsync(IReadOnlyList<PresentDeployment> present, CancellationToken cancellationToken)
    {
        if (present.Count == 0) return 0;
        var now = time.GetUtcNow();
        var all = present.Select(one => one.DeploymentId).ToList();
        var running = present.Where(one => one.Running).Select(one => one.DeploymentId).ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Deployments
            .Where(deployment => all.Contains(deployment.Id) && (deployment.NextPassAt == null || deployment.NextPassAt > now)
                && (deployment.Wanted == WantedState.Deleted
                    || (deployment.Wanted == WantedState.Running && deployment.Status == DeploymentStatus.Failed)
                    || (deployment.Wanted == WantedState.Stopped && running.Contains(deployment.Id))))
            .ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.NextPassAt, now), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stray replicas of {Provider} are searched for later, it answered {Code}: {Answer}")]
    private partial void LogNotAnswered(string provider, string code, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search for stray replicas failed; trying again in a minute")]
    private partial void LogFailed(Exception exception);
}
