using Nexus.Core.Routing;

namespace Nexus.FaultyServer;

/// <summary>The ingress, with a point right after a route has been written.</summary>
internal sealed class FaultyIngress(IIngressView inner, Fault fault) : IIngressView
{
    public long AppliedVersion => inner.AppliedVersion;

    public int InFlight(string replicaId) => inner.InFlight(replicaId);

    public void Poke()
    {
        fault.At("Switch after");
        inner.Poke();
    }
}
