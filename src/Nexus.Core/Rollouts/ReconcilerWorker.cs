using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core.Storage;

namespace Nexus.Core.Rollouts;

/// <summary>Runs passes for all deployments that are due, many at a time, each under its lease.</summary>
internal sealed partial class ReconcilerWorker(
    Lease lease, Reconciler reconciler, ReconcileSignal signal, WriteCount writes, TimeProvider time, ILogger<ReconcilerWorker> logger)
    : BackgroundService
{
    /// <summary>Passes mostly wait for containers and registries, so there may be many at once.</summary>
    private const int MostAtOnce = 256;

    /// <summary>So that an organisation whose registry hangs leaves the others their turn.</summary>
    private const int MostOfOneOrganization = 64;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Guid, RunningPass> _running = new();
    private volatile bool _crowded;
    private Quiet? _quiet;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!begun) await lease.EndThoseOfTheDeadAsync(stoppingToken);
                begun = true;
                await StartDueAsync(stoppingToken);
                await signal.WaitAsync(LookInterval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                LogLookFailed(exception);
                await Task.Delay(LookInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running.Values.Select(pass => pass.Task));
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        var room = MostAtOnce - _running.Count;
        _crowded = room <= 0;
        var written = writes.Now();
        if (_crowded || IsQuiet(written)) return;
        var perOrganization = _running.Values.CountBy(pass => pass.OrganizationId).ToDictionary();
        var full = perOrganization.Where(count => count.Value >= MostOfOneOrganization).Select(count => count.Key).ToList();
        var found = await lease.FindDueAsync(room, full, stoppingToken);
        _crowded = found.Count == room || full.Count > 0;
        _quiet = found.Count == 0 && !_crowded && written is not null ? new(written, await lease.NextDueAsync(stoppingToken)) : null;
        foreach (var due in found)
        {
            var count = perOrganization.GetValueOrDefault(due.OrganizationId);
            _crowded |= count >= MostOfOneOrganization;
            if (_running.ContainsKey(due.DeploymentId) || count >= MostOfOneOrganization) continue;
            perOrganization[due.OrganizationId] = count + 1;
            var pass = new Task<Task>(() => RunAsync(due, stoppingToken));
            _running[due.DeploymentId] = new(due.OrganizationId, pass.Unwrap());
            pass.Start(TaskScheduler.Default);
        }
    }

    /// <summary>Nothing was written since a look that found nothing, and the time alone has made nothing due.</summary>
    private bool IsQuiet(long? written) => _quiet is { } quiet && quiet.Written == written && !(quiet.Until <= time.GetUtcNow());

    private async Task RunAsync(DuePass due, CancellationToken stoppingToken)
    {
        var (deploymentId, _, generation) = due;
        var again = true;
        try
        {
            if (!await lease.TryAcquireAsync(due, stoppingToken)) return;
            var next = await PassAsync(deploymentId, generation, stoppingToken);
            again = await lease.ReleaseAsync(deploymentId, generation, next, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogPassLost(exception, deploymentId);
        }
        finally
        {
            _running.TryRemove(deploymentId, out _);
            if (again || _crowded) signal.Wake();
        }
    }

    /// <summary>When to look again, whatever happened in the pass.</summary>
    private async Task<DateTimeOffset?> PassAsync(Guid deploymentId, int generation, CancellationToken stoppingToken)
    {
        using var held = new CancellationTokenSource(Lease.Trusted, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held.Token);
        var renewing = KeepLeaseAsync(deploymentId, generation, held, ending.Token);
        try
        {
            return await reconciler.PassAsync(deploymentId, generation, ending.Token);
        }
        catch (OvertakenException)
        {
            return time.GetUtcNow();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return time.GetUtcNow();
        }
        catch (Exception exception)
        {
            LogPassFailed(exception, deploymentId);
            return time.GetUtcNow() + AfterError;
        }
        finally
        {
            await ending.CancelAsync();
            await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepLeaseAsync(Guid deploymentId, int generation, CancellationTokenSource held, CancellationToken ending)
    {
        while (true)
        {
            await Task.Delay(Lease.RenewalInterval, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested) return; // Nearly every pass is over before.
            await Rounds.TryAsync(
                token => RenewAsync(deploymentId, generation, held, token), failure => LogNotRenewed(failure, deploymentId), ending);
        }
    }

    /// <summary>Ends the pass when the lease is lost or a newer command has come.</summary>
    private async Task RenewAsync(Guid deploymentId, int generation, CancellationTokenSource held, CancellationToken cancellationToken)
    {
        if (await lease.RenewAsync(deploymentId, generation, cancellationToken)) held.CancelAfter(Lease.Trusted);
        else await held.CancelAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for due deployments failed; trying again")]
    private partial void LogLookFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deployment {DeploymentId}: the pass failed; trying again later")]
    private partial void LogPassFailed(Exception exception, Guid deploymentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deployment {DeploymentId}: its lease could not be taken or given back; it lapses by itself")]
    private partial void LogPassLost(Exception exception, Guid deploymentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployment {DeploymentId}: its lease could not be renewed; trying again, and ending the pass before it lapses")]
    private partial void LogNotRenewed(Exception exception, Guid deploymentId);

    private sealed record RunningPass(Guid OrganizationId, Task Task);

    /// <summary>A look that found nothing: what was written by then, and when the time alone makes something due.</summary>
    private sealed record Quiet(long? Written, DateTimeOffset? Until);
}
