namespace Nexus.Ingress.Routes;

/// <summary>Counts the requests to one replica that have begun and not ended. Outlives the routes that name the replica.</summary>
internal sealed class ReplicaTraffic(string replicaId)
{
    private int _inFlight;

    public string ReplicaId => replicaId;

    public int InFlight => Volatile.Read(ref _inFlight);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);
}

/// <summary>A replica at an address; <see cref="Prefix"/> is the beginning of its URLs.</summary>
internal sealed record Upstream(ReplicaTraffic Traffic, string Address)
{
    public string Prefix { get; } = $"http://{Address}";
}
