using System.Collections.Concurrent;
using Nexus.Core.Access;
using Nexus.Core.Usage;

namespace Nexus.Core.Plans;

/// <summary>
/// Holds calls of tools against the plan's calls a day (UTC). One node never goes over. Several know of each other's calls what was
/// written when they last looked, at most <see cref="LookAgain"/> ago, and each writes within as long: so late may they notice together.
/// A check is an addition in memory, and once in <see cref="LookAgain"/> one row read.
/// </summary>
public sealed class CallQuota(PlanOptions plan, UsageLedger ledger, UsageBuffer buffer, TimeProvider time)
{
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>Takes one call of the day's. Null when there was one left; else the refusal.</summary>
    public async ValueTask<CallRefusal?> TakeAsync(Actor actor, Operation operation, CancellationToken cancellationToken)
    {
        if (plan.McpCallsPerDay is not { } limit || IsFree(operation)) return null;
        var key = new UsageKey(actor.OrganizationId, UsageDay.Of(time.GetUtcNow()), UsageMeasure.PlanCalls);
        var known = _known.GetOrAdd(key.OrganizationId, _ => new());
        if (!known.IsFresh(key.Day, time)) await LookAsync(known, key, cancellationToken);
        lock (known.Gate)
        {
            if (known.Used < limit)
            {
                known.Used++;
                buffer.Add(key);
                return null;
            }

            return new(PlanErrors.McpCallsPerDay(limit, known.Used, Reset(key.Day)), known.IsFirstRefusal(key.Day));
        }
    }

    /// <summary>What was used of the limit today; null where there is no limit.</summary>
    internal async Task<LimitUse?> ReadAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        if (plan.McpCallsPerDay is not { } limit) return null;
        var key = new UsageKey(organizationId, UsageDay.Of(time.GetUtcNow()), UsageMeasure.PlanCalls);
        LimitUse? use = null;
        await ledger.ReadAsync(key, stored => use = new(limit, stored + buffer.PendingOf(key), Reset(key.Day)), cancellationToken);
        return use;
    }

    /// <summary>These still answer when all is used, so that an agent can see why.</summary>
    private static bool IsFree(Operation operation) => operation is Operation.WhoAmI or Operation.ReadUsage;

    private static DateTimeOffset Reset(DateOnly day) => UsageDay.Begin(day.AddDays(1));

    private Task LookAsync(Known known, UsageKey key, CancellationToken cancellationToken) => ledger.ReadAsync(
        key,
        stored =>
        {
            // What is added to the count here is added to what is pending under the same lock: the sum is of one moment.
            lock (known.Gate) known.Set(key.Day, stored + buffer.PendingOf(key), time.GetTimestamp());
        },
        cancellationToken);

    private sealed class Known
    {
        public Lock Gate { get; } = new();

        public long Used { get; set; }

        private DateOnly _day;
        private DateOnly _refusedOn;
        private long _lookedAt;

        public bool IsFresh(DateOnly day, TimeProvider time)
        {
            lock (Gate) return _day == day && time.GetElapsedTime(_lookedAt) < LookAgain;
        }

        public bool IsFirstRefusal(DateOnly day)
        {
            var first = _refusedOn != day;
            _refusedOn = day;
            return first;
        }

        public void Set(DateOnly day, long used, long lookedAt) => (_day, Used, _lookedAt) = (day, used, lookedAt);
    }
}

/// <summary>The refusal of one call too many, and whether it is this node's first of the day, which the audit keeps.</summary>
public sealed record CallRefusal(NexusException Error, bool IsFirst);
