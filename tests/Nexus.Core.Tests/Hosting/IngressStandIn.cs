using Nexus.Core.Routing;

namespace Nexus.Core.Tests.Hosting;

/// <summary>An ingress that nobody visits. The real one is proved in its own tests and end to end.</summary>
internal sealed class IngressStandIn : IIngressView
{
    public long AppliedVersion => long.MaxValue;

    public int InFlight(string replicaId) => 0;

    public void Poke()
    {
    }
}
