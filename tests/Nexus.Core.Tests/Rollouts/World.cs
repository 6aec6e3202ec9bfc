using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Tests.Rollouts;

/// <summary>A provider, an ingress and a database small enough to try thousands of: it does what the planner's steps say.</summary>
internal sealed class World
{
    private readonly List<ObservedReplica> _replicas = [];
    private HashSet<string> _routed = [];
    private int _crashes;
    private DateTimeOffset? _lastCrashAt;
    private DateTimeOffset _routedSince;
    private int _ids;
    private int _newest = 1;

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public HashSet<int> BrokenRevisions { get; } = [];

    /// <summary>Revisions whose image no registry gives.</summary>
    public HashSet<int> MissingImages { get; } = [];

    public HashSet<int> Images { get; } = [];

    /// <summary>Revisions that are built from source.</summary>
    public HashSet<int> FromSource { get; } = [];
    public WorldDatabase Database { get; } = new();

    /// <summary>Revisions that have served, and so can be gone back to.</summary>
    public HashSet<int> Served { get; } = [];

    public DateTimeOffset RoutedSince => _routedSince;

    public WantedState State { get; private set; } = WantedState.Running;

    public int Replicas { get; private set; } = 1;

    public int Target { get; private set; } = 1;

    public int? Active { get; private set; }

    public bool RollingOut { get; private set; } = true;

    public bool GivenUp { get; private set; }

    public IReadOnlyList<ObservedReplica> All => _replicas;

    public IReadOnlySet<string> Routed => _routed;

    public Wanted Wanted => new()
    {
        State = State,
        Replicas = Replicas,
        Revision = Target,
        FromSource = FromSource.Contains(Target),
        ActiveRevision = Active,
        RollingOut = RollingOut,
        GivenUp = GivenUp,
        Databases = WorldDatabase.Wanted,
    };

    public Observed Observed => new()
    {
        Replicas = [.. _replicas],
        ImageReady = Images.Contains(Target),
        Routed = _routed.ToHashSet(),
        RoutedSince = _routedSince,
        Crashes = _crashes,
        LastCrashAt = _lastCrashAt,
        Databases = Database.Observed,
    };

    public bool HasHealthyRouted => _replicas.Exists(replica => _routed.Contains(replica.Id) && IsHealthy(replica));

    public Step Plan() => Planner.Plan(Wanted, Observed, Now);

    public void Command(WantedState state, int replicas, int revision)
    {
        (State, Replicas, Target, RollingOut, GivenUp) = (state, replicas, revision, true, false);
        (_crashes, _lastCrashAt) = (0, null);
        if (state != WantedState.Running) Route([]);
    }

    /// <summary>A new revision; how it will fare is up to the flags.</summary>
    public void Redeploy(bool broken = false, bool missing = false, bool built = false)
    {
        _newest++;
        if (built) FromSource.Add(_newest);
        if (broken) BrokenRevisions.Add(_newest);
        if (missing) MissingImages.Add(_newest);
        Command(WantedState.Running, Replicas, _newest);
    }

    /// <summary>The content of one that has served, image and all, under a new number.</summary>
    public void RollBack(int index)
    {
        if (Served.Count == 0) return;
        var older = Served.Order().ElementAt(index % Served.Count);
        Redeploy(broken: BrokenRevisions.Contains(older), built: FromSource.Contains(older));
        Images.Add(_newest);
    }

    /// <summary>No rollout begins; one that is on its way goes on with the new number.</summary>
    public void Scale(int replicas) => Replicas = replicas;

    /// <summary>What the server knew of probes is gone: what is routed is taken for healthy, the rest has to pass again.</summary>
    public void RestartServer()
    {
        for (var index = 0; index < _replicas.Count; index++)
        {
            var replica = _replicas[index];
            if (replica.State == ReplicaState.Running)
                _replicas[index] = replica with { Health = _routed.Contains(replica.Id) ? Health.Healthy : Health.Starting };
        }
    }

    /// <summary>Everything that ran has ended; an engine that comes back starts nothing by itself.</summary>
    public void RestartEngine()
    {
        for (var index = 0; index < _replicas.Count; index++) Kill(index);
    }

    public void Kill(int index) => Change(index, replica => replica with { State = ReplicaState.Exited, Health = Health.Starting });

    public void Sicken(int index) =>
        Change(index, replica => replica.Health == Health.Healthy ? replica with { Health = Health.Unhealthy } : replica);

    public void Load(int index, int inFlight) => Change(index, replica => replica with { InFlight = inFlight });

    /// <summary>Time passes: replicas that work become healthy, broken ones end, requests come to their end.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        Database.Pass();
        for (var index = 0; index < _replicas.Count; index++)
        {
            var replica = _replicas[index];
            if (replica.State == ReplicaState.Running && replica.Health == Health.Starting)
            {
                _replicas[index] = BrokenRevisions.Contains(replica.Revision)
                    ? replica with { State = ReplicaState.Exited }
                    : replica with { Health = Health.Healthy };
            }

            if (!_routed.Contains(replica.Id)) _replicas[index] = _replicas[index] with { InFlight = 0 };
        }
    }

    public void Execute(Step step)
    {
        if (Database.TryExecute(step, Now)) return;
        switch (step)
        {
            case Step.PrepareImage or Step.BuildImage when MissingImages.Contains(Target):
                GiveUp();
                break;
            case Step.PrepareImage or Step.BuildImage:
                Images.Add(Target);
                break;
            case Step.StartReplica start:
                Start(start.Ordinal);
                break;
            case Step.RestartReplica restart:
                (_crashes, _lastCrashAt) = (_crashes + 1, Now);
                Change(
                    _replicas.FindIndex(replica => replica.Id == restart.ReplicaId),
                    replica => replica with { State = ReplicaState.Running, Health = Health.Starting, StartedAt = Now });
                break;
            case Step.SwitchTraffic change:
                Route(change.ReplicaIds);
                CompleteIf(change.ReplicaIds.Count == Replicas && change.ReplicaIds.All(IsOfTarget));
                break;
            case Step.StopReplica stop:
                Change(_replicas.FindIndex(replica => replica.Id == stop.ReplicaId), replica => replica with { State = ReplicaState.Exited });
                break;
            case Step.RemoveReplica remove:
                _replicas.RemoveAll(replica => replica.Id == remove.ReplicaId);
                break;
            case Step.GiveUp or Step.GiveUpOnDatabase:
                GiveUp();
                break;
            case Step.Done:
                RollingOut = false;
                break;
            case Step.WaitUntil wait:
                Pass(wait.Time - Now);
                break;
            default:
                Pass(TimeSpan.FromSeconds(1));
                break;
        }
    }

    private static bool IsHealthy(ObservedReplica replica) =>
        replica is { State: ReplicaState.Running, Health: Health.Healthy };

    private bool IsOfTarget(string id) => _replicas.Exists(replica => replica.Id == id && replica.Revision == Target);

    private void CompleteIf(bool complete)
    {
        if (!RollingOut || !complete) return;
        (RollingOut, Active) = (false, Target);
        Served.Add(Target);
        (_crashes, _lastCrashAt) = (0, null);
    }

    private void GiveUp()
    {
        RollingOut = false;
        (_crashes, _lastCrashAt) = (0, null);
        if (Active is { } active && active != Target) Target = active;
        else GivenUp = true;
    }

    private void Start(int ordinal)
    {
        var existing = _replicas.FindIndex(replica => replica.Revision == Target && replica.Ordinal == ordinal);
        var replica = new ObservedReplica($"c{_ids++}", Target, ordinal, ReplicaState.Running, Health.Starting) { StartedAt = Now };
        if (existing < 0) _replicas.Add(replica);
        else _replicas[existing] = replica with { Id = _replicas[existing].Id };
    }

    private void Route(IReadOnlyList<string> ids) => (_routed, _routedSince) = ([.. ids], Now);

    private void Change(int index, Func<ObservedReplica, ObservedReplica> change)
    {
        if (_replicas.Count > 0) _replicas[index % _replicas.Count] = change(_replicas[index % _replicas.Count]);
    }
}
