using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Rollouts;

/// <summary>The next thing to do for a deployment. A closed set; each is idempotent and may be cut off anywhere.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>Make the wanted revision's image present and find out what it resolves to.</summary>
    public sealed record PrepareImage : Step;

    /// <summary>Build the wanted revision's image from its source, or find the one that is built already.</summary>
    public sealed record BuildImage : Step;

    /// <summary>Run a database beside the deployment.</summary>
    public sealed record StartDatabase(AttachedDatabaseKind Kind) : Step;

    /// <summary>End the databases, and keep their data.</summary>
    public sealed record StopDatabases : Step;

    /// <summary>Remove the databases and their data.</summary>
    public sealed record RemoveDatabases : Step;

    /// <summary>End the rollout as failed: a database did not come up.</summary>
    public sealed record GiveUpOnDatabase(AttachedDatabaseKind Kind) : Step;

    public sealed record StartReplica(int Ordinal) : Step;

    /// <summary>Start a replica again that ended or no longer answers; it counts as a crash.</summary>
    public sealed record RestartReplica(string ReplicaId) : Step;

    /// <summary>Look again soon: replicas are starting, or the ingress is catching up.</summary>
    public sealed record WaitUntilHealthy : Step;

    /// <summary>Send all new requests to these replicas. Empty: to none.</summary>
    public sealed record SwitchTraffic(IReadOnlyList<string> ReplicaIds) : Step
    {
        public bool Equals(SwitchTraffic? other) => other is not null && ReplicaIds.SequenceEqual(other.ReplicaIds);

        public override int GetHashCode() => ReplicaIds.Count;
    }

    /// <summary>Wait for requests that are still on their way to replicas out of traffic.</summary>
    public sealed record Drain : Step;

    /// <summary>Stop a replica and keep its log.</summary>
    public sealed record StopReplica(string ReplicaId) : Step;

    public sealed record RemoveReplica(string ReplicaId) : Step;

    /// <summary>End the rollout as failed; whatever it started is removed next.</summary>
    public sealed record GiveUp(string ReplicaId) : Step;

    /// <summary>All is as wanted; the rollout, if there is one, has succeeded.</summary>
    public sealed record Done : Step;

    /// <summary>Nothing helps before this time, e.g. while a crashed replica's back-off runs.</summary>
    public sealed record WaitUntil(DateTimeOffset Time) : Step;
}
