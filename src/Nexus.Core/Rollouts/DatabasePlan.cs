using Nexus.Core.Providers;

namespace Nexus.Core.Rollouts;

/// <summary>The planner's part for databases beside a deployment: there before its replicas in a rollout, gone after them.</summary>
internal static class DatabasePlan
{
    /// <summary>How long a database may take to come up in a rollout; the first start makes its files.</summary>
    public static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Null when the replicas' turn has come. A deployment that runs already doesn't stop for a database that is down.</summary>
    public static Step? Run(Wanted wanted, Observed observed, DateTimeOffset now)
    {
        foreach (var kind in wanted.Databases)
            if (Find(observed, kind) is null or { State: DatabaseState.Stopped }) return new Step.StartDatabase(kind);
        if (!wanted.RollingOut) return null;

        var starting = observed.Databases.Where(database => database.State == DatabaseState.Starting).ToList();
        var late = starting.Find(database => now - database.StartedAt >= ReadyTimeout);
        if (late is not null) return new Step.GiveUpOnDatabase(late.Kind);
        return starting.Count > 0 ? new Step.WaitUntilHealthy() : null;
    }

    public static Step? Stop(Observed observed) =>
        observed.Databases.Any(database => database.State != DatabaseState.Stopped) ? new Step.StopDatabases() : null;

    public static Step? Remove(Observed observed) => observed.Databases.Count > 0 ? new Step.RemoveDatabases() : null;

    private static RunningDatabase? Find(Observed observed, AttachedDatabases.AttachedDatabaseKind kind) =>
        observed.Databases.FirstOrDefault(database => database.Kind == kind);
}
