namespace Nexus.Core.Routing;

/// <summary>
/// For a worker whose ingress runs in other processes. It can't see their requests, so it grants each replica that leaves
/// the whole drain time.
/// </summary>
public sealed class DistantIngress : IIngressView
{
    public long AppliedVersion => long.MaxValue;

    public int InFlight(string replicaId) => 1;

    public void Poke()
    {
        // They read the routes at their next poll.
    }
}
