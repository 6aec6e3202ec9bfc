namespace Nexus.Ingress.Routes;

/// <summary>The less busy of two replicas picked at random: nearly as even as looking at all, without everybody rushing to one.</summary>
internal static class LoadBalancer
{
    /// <summary>Null where all have been tried.</summary>
    public static Upstream? Pick(IReadOnlyList<Upstream> upstreams, IReadOnlyCollection<Upstream> tried)
    {
        if (tried.Count > 0) upstreams = [.. upstreams.Except(tried)];
        if (upstreams.Count < 2) return upstreams.Count == 0 ? null : upstreams[0];

        var first = Random.Shared.Next(upstreams.Count);
        // Any other than the first, each as likely.
        var second = (first + 1 + Random.Shared.Next(upstreams.Count - 1)) % upstreams.Count;
        return upstreams[first].Traffic.InFlight <= upstreams[second].Traffic.InFlight ? upstreams[first] : upstreams[second];
    }
}
