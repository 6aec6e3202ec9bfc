using System.Collections.Concurrent;
using Nexus.Core;
using Nexus.Core.Routing;

namespace Nexus.Ingress.Routes;

/// <summary>
/// The routes that requests follow now, and what is on its way to each replica. One write swaps the whole table, and a request
/// that took a replica looks again whether it is still routed: so once <see cref="AppliedVersion"/> says that a replica has left,
/// no request begins there any more, and <see cref="InFlight"/> only falls.
/// </summary>
internal sealed class LiveRoutes : IIngressView
{
    private readonly WakeSignal _feed = new();
    private readonly ConcurrentDictionary<string, ReplicaTraffic> _traffic = new();
    private RouteTable _table = RouteTable.Empty;

    public long AppliedVersion => Volatile.Read(ref _table).Version;

    public int InFlight(string replicaId) => _traffic.GetValueOrDefault(replicaId)?.InFlight ?? 0;

    public void Poke() => _feed.Wake();

    /// <summary>Whether a route has this host now.</summary>
    public bool Knows(AppHost host) => Volatile.Read(ref _table).Find(host) is not null;

    /// <summary>Returns when poked, or after <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _feed.WaitAsync(atMost, time, cancellationToken);

    /// <summary>Makes new requests follow these routes.</summary>
    public void Apply(long version, IEnumerable<Route> routes)
    {
        var before = _table;
        var after = new RouteTable(version, [.. routes.Select(Ready)]);
        // A full fence: whoever reads a count after this sees every request that began by the table before.
        Interlocked.Exchange(ref _table, after);
        Forget(before, after);
    }

    /// <summary>
    /// Takes a replica for a request to this host and counts the request in; the caller ends it with
    /// <see cref="ReplicaTraffic.End"/>. Without a replica, the route says why; without a route, nobody has that name.
    /// </summary>
    public (RouteEntry? Route, Upstream? Upstream) Begin(AppHost host, IReadOnlyCollection<Upstream> tried)
    {
        while (true)
        {
            var table = Volatile.Read(ref _table);
            var route = table.Find(host);
            if (route is not { State: RouteState.Serving }) return (route, null);
            if (LoadBalancer.Pick(route.Upstreams, tried) is not { } upstream) return (route, null);

            upstream.Traffic.Begin();
            if (IsStillRouted(table, host, upstream)) return (route, upstream);
            upstream.Traffic.End();
        }
    }

    private bool IsStillRouted(RouteTable seen, AppHost host, Upstream upstream)
    {
        var now = Volatile.Read(ref _table);
        return ReferenceEquals(seen, now)
            || now.Find(host) is { State: RouteState.Serving } route && route.Upstreams.Contains(upstream);
    }

    private RouteEntry Ready(Route route) => new(
        route.DeploymentId,
        route.HostLabel,
        route.Domains,
        route.State,
        [.. route.Targets.Select(target =>
            new Upstream(_traffic.GetOrAdd(target.ReplicaId, id => new ReplicaTraffic(id)), target.Address))]);

    /// <summary>
    /// Lets go of counters that nothing points to: not the routes, and no request. Those of the table that has just gone are kept
    /// for one more change, for requests that are between taking a replica and looking again.
    /// </summary>
    private void Forget(RouteTable before, RouteTable after)
    {
        var known = before.Entries.Concat(after.Entries)
            .SelectMany(entry => entry.Upstreams).Select(upstream => upstream.Traffic.ReplicaId).ToHashSet();
        foreach (var (id, traffic) in _traffic)
            if (traffic.InFlight == 0 && !known.Contains(id))
                _traffic.TryRemove(id, out _);
    }
}
