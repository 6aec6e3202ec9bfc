using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Storage;

namespace Nexus.Core.Usage;

/// <summary>
/// Counts the time that replicas run, from the provider's own word on when each started and ended: also of the time in which no server
/// of ours ran. Until when a deployment is counted stands in its row and moves in one transaction with the sums, so that no node counts
/// what another has counted, and nothing that was cut off is lost.
/// </summary>
internal sealed class ReplicaMeter(IDbContextFactory<NexusDbContext> database, UsageMetrics metrics, TimeProvider time)
{
    /// <summary>A replica that is removed by hand takes no more than so much with it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Counts up to now if it is time to, or if there is time to count of a replica that has ended, or of <paramref name="forgotten"/>,
    /// whose times the provider is about to lose.
    /// </summary>
    public async Task CountAsync(Deployment deployment, IReadOnlyList<Replica> replicas, Replica? forgotten, CancellationToken cancellationToken)
    {
        var (from, now) = (deployment.UsageCountedAt ?? deployment.CreatedAt, time.GetUtcNow());
        var isDue = now - from >= Interval
            || replicas.Any(replica => (replica == forgotten || replica.State == ReplicaState.Exited) && TimeOf(replica, from, now).Any());
        if (!isDue) return;
        var spans = replicas.SelectMany(replica => TimeOf(replica, from, now)).ToList();
        if (spans.Count > 0) await WriteAsync(deployment, spans, now, cancellationToken);
    }

    private static IEnumerable<(DateOnly Day, TimeSpan Span)> TimeOf(Replica replica, DateTimeOffset from, DateTimeOffset now)
    {
        var last = replica.State == ReplicaState.Running ? now : replica.EndedAt;
        return replica.StartedAt is { } first && last is { } ended
            ? UsageDay.Split(first > from ? first : from, ended < now ? ended : now)
            : [];
    }

    private async Task WriteAsync(
        Deployment deployment, IReadOnlyList<(DateOnly Day, TimeSpan Span)> spans, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var moved = await db.Deployments
            .Where(one => one.Id == deployment.Id && one.UsageCountedAt == deployment.UsageCountedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsageCountedAt, now), cancellationToken);
        if (moved == 0) return; // Another node was first.

        foreach (var day in spans.GroupBy(span => span.Day).OrderBy(group => group.Key))
        {
            var key = new UsageKey(deployment.OrganizationId, day.Key, UsageMeasure.ReplicaTime);
            await db.AddUsageAsync(key, (long)day.Sum(span => span.Span.TotalMilliseconds), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        metrics.ReplicaTime(spans.Sum(span => span.Span.TotalSeconds));
    }
}
