using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Providers;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Has the reconciler look at once at a deployment of which a replica has ended. Only for speed: what it misses, the reconciler's own
/// rounds find.
/// </summary>
internal sealed partial class ReplicaWatch(
    IDbContextFactory<NexusDbContext> database, ProviderCatalog providers, ReconcileSignal signal, TimeProvider time, ILogger<ReplicaWatch> logger)
    : BackgroundService
{
    /// <summary>What happens within this time is written together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, bool> _ended = new();
    private readonly WakeSignal _some = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(providers.Configured.Select(provider => WatchAsync(provider, stoppingToken)).Append(WakeAsync(stoppingToken)));

    private async Task WatchAsync(IDeploymentProvider provider, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await provider.WatchEndsAsync(Note, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(provider.Id, failure.Message);
            }

            await Task.Delay(AfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Note(Guid deploymentId)
    {
        _ended[deploymentId] = true;
        _some.Wake();
    }

    private async Task WakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _some.WaitAsync(cancellationToken);
            await Task.Delay(Together, time, cancellationToken);
            await Rounds.TryAsync(WakeEndedAsync, LogNotWoken, cancellationToken);
        }
    }

    /// <summary>Whoever holds a deployment's lease has most likely ended the replica, and looks again anyway.</summary>
    private async Task WakeEndedAsync(CancellationToken cancellationToken)
    {
        var ended = _ended.Keys.Where(id => _ended.TryRemove(id, out _)).ToList();
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var woken = await db.Deployments
            .Where(deployment => ended.Contains(deployment.Id) && deployment.NextPassAt > now
                && (deployment.LeaseUntil == null || deployment.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.NextPassAt, now), cancellationToken);
        if (woken > 0) signal.Wake();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Provider {Provider} tells no more of replicas that end; asking again soon: {Answer}")]
    private partial void LogInterrupted(string provider, string answer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployments whose replicas ended could not be woken; the next round finds them")]
    private partial void LogNotWoken(Exception failure);
}
