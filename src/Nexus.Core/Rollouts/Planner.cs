using Nexus.Core.Deployments;
using Nexus.Core.Providers;

namespace Nexus.Core.Rollouts;

/// <summary>
/// Decides the next step from what is wanted and what is. A pure function: no I/O, no clock, no chance, so that it can be
/// checked over thousands of generated states. It never routes to an unhealthy replica, and never takes the last healthy
/// one out of traffic while the deployment is wanted.
/// </summary>
public static class Planner
{
    /// <summary>How long requests on their way may take before their replica is removed all the same.</summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How often each replica may end in a rollout before it is given up.</summary>
    public const int CrashesInRollout = 3;

    public static Step Plan(Wanted wanted, Observed observed, DateTimeOffset now) => wanted.State switch
    {
        WantedState.Deleted => Dismantle(observed, observed.Replicas, now, Remove) ?? DatabasePlan.Remove(observed) ?? new Step.Done(),
        WantedState.Stopped =>
            Dismantle(observed, observed.Replicas.Where(Lives), now, Stop) ?? DatabasePlan.Stop(observed) ?? new Step.Done(),
        _ when wanted.GivenUp =>
            Dismantle(observed, observed.Replicas, now, Remove) ?? DatabasePlan.Stop(observed) ?? new Step.Done(),
        _ => Run(wanted, observed, now),
    };

    /// <summary>The wait before a replica is started again: none at first, then doubling from one second to one minute.</summary>
    public static TimeSpan BackOff(int crashes) =>
        crashes == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, crashes - 1)));

    private static Step Run(Wanted wanted, Observed observed, DateTimeOffset now)
    {
        if (!observed.ImageReady) return wanted.FromSource ? new Step.BuildImage() : new Step.PrepareImage();

        var current = observed.Replicas
            .Where(replica => replica.Revision == wanted.Revision && replica.Ordinal < wanted.Replicas)
            .ToList();
        return Switch(wanted, observed, current)
            ?? DatabasePlan.Run(wanted, observed, now)
            ?? StartMissing(wanted, current)
            ?? Mend(wanted, observed, current, now)
            ?? Retire(wanted, observed, current, now)
            ?? Wait(observed, current, now)
            ?? new Step.Done();
    }

    /// <summary>Keeps the route on healthy replicas, and moves it when the new ones are ready.</summary>
    private static Step.SwitchTraffic? Switch(Wanted wanted, Observed observed, List<ObservedReplica> current)
    {
        var ready = Healthy(current);
        var others = Healthy(observed.Replicas.Except(current).Where(replica => observed.Routed.Contains(replica.Id)));
        var lastResort = others.Count == 0 && observed.Routed.Count > 0;
        var mayMove = ready.Count == wanted.Replicas || !wanted.RollingOut || lastResort;
        var desired = mayMove && ready.Count > 0 ? ready : others;
        return observed.Routed.SetEquals(desired) ? null : new Step.SwitchTraffic(desired);
    }

    private static Step.StartReplica? StartMissing(Wanted wanted, List<ObservedReplica> current)
    {
        foreach (var ordinal in Enumerable.Range(0, wanted.Replicas))
            if (current.TrueForAll(replica => replica.Ordinal != ordinal || replica.State == ReplicaState.Created))
                return new(ordinal);
        return null;
    }

    /// <summary>Starts what ended again, after its back-off; in a rollout only so often, then gives up.</summary>
    private static Step? Mend(Wanted wanted, Observed observed, List<ObservedReplica> current, DateTimeOffset now)
    {
        foreach (var replica in current)
        {
            var ended = replica.State == ReplicaState.Exited;
            var late = Starts(replica) && now - replica.StartedAt >= wanted.HealthTimeout;
            if (late && wanted.RollingOut) return new Step.GiveUp(replica.Id);
            if (!ended && !late && replica.Health != Health.Unhealthy) continue;
            if (wanted.RollingOut && observed.Crashes >= CrashesInRollout * wanted.Replicas) return new Step.GiveUp(replica.Id);
            if (MayRestartAt(observed) <= now) return new Step.RestartReplica(replica.Id);
        }

        return null;
    }

    /// <summary>Removes what is no longer wanted, once the new replicas serve (or nothing holds it).</summary>
    private static Step? Retire(Wanted wanted, Observed observed, List<ObservedReplica> current, DateTimeOffset now)
    {
        var leftOver = observed.Replicas.Except(current).Where(replica => !observed.Routed.Contains(replica.Id));
        var kept = wanted.RollingOut && Healthy(current).Count < wanted.Replicas
            ? leftOver.Where(replica => replica.Revision != wanted.ActiveRevision)
            : leftOver;
        return Dismantle(observed with { Routed = new HashSet<string>() }, kept, now, Remove);
    }

    private static Step? Wait(Observed observed, List<ObservedReplica> current, DateTimeOffset now)
    {
        if (!observed.RouteApplied || current.Exists(Starts)) return new Step.WaitUntilHealthy();
        var crashed = current.Exists(replica => replica.State == ReplicaState.Exited || replica.Health == Health.Unhealthy);
        var restartAt = MayRestartAt(observed);
        return crashed && restartAt > now ? new Step.WaitUntil(restartAt) : null;
    }

    /// <summary>Out of traffic, drained, and then ended one by one.</summary>
    private static Step? Dismantle(
        Observed observed, IEnumerable<ObservedReplica> replicas, DateTimeOffset now, Func<string, Step> end)
    {
        if (observed.Routed.Count > 0) return new Step.SwitchTraffic([]);
        var leaving = replicas.ToList();
        if (leaving.Count == 0) return null;
        if (!observed.RouteApplied) return new Step.Drain();
        var idle = leaving.Find(replica => replica.InFlight == 0 || !Lives(replica));
        if (idle is not null) return end(idle.Id);
        return now - observed.RoutedSince < DrainTimeout ? new Step.Drain() : end(leaving[0].Id);
    }

    private static List<string> Healthy(IEnumerable<ObservedReplica> replicas) =>
        [.. replicas.Where(replica => Lives(replica) && replica.Health == Health.Healthy).Select(replica => replica.Id)];

    private static DateTimeOffset MayRestartAt(Observed observed) =>
        (observed.LastCrashAt ?? DateTimeOffset.MinValue) + BackOff(observed.Crashes);

    private static bool Lives(ObservedReplica replica) => replica.State == ReplicaState.Running;

    private static bool Starts(ObservedReplica replica) => Lives(replica) && replica.Health == Health.Starting;

    private static Step.RemoveReplica Remove(string id) => new(id);

    private static Step.StopReplica Stop(string id) => new(id);
}
