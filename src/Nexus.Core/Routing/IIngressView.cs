namespace Nexus.Core.Routing;

/// <summary>What the reconciler asks of the ingress in this process: whether it has caught up, and what is still on its way.</summary>
public interface IIngressView
{
    /// <summary>The version of the newest route change that new requests follow.</summary>
    long AppliedVersion { get; }

    /// <summary>Requests (and upgraded connections) now on their way to or from the replica.</summary>
    int InFlight(string replicaId);

    /// <summary>Reads the routes again now instead of at the next poll.</summary>
    void Poke();
}
