using Nexus.Core.AttachedDatabases;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Tests.Rollouts;

/// <summary>The database beside the deployment of a <see cref="World"/>.</summary>
internal sealed class WorldDatabase
{
    public static IReadOnlyList<AttachedDatabaseKind> Wanted { get; } = [AttachedDatabaseKind.Postgresql];

    /// <summary>Null where it doesn't exist.</summary>
    public RunningDatabase? Now { get; private set; }

    /// <summary>Whether it can't come up.</summary>
    public bool Broken { get; set; }

    public IReadOnlyList<RunningDatabase> Observed => Now is null ? [] : [Now];

    public void Kill()
    {
        if (Now is not null) Now = Now with { State = DatabaseState.Stopped };
    }

    public void Vanish() => Now = null;

    public void Pass()
    {
        if (Now is { State: DatabaseState.Starting } && !Broken) Now = Now with { State = DatabaseState.Ready };
    }

    /// <summary>Whether the step was about databases.</summary>
    public bool TryExecute(Step step, DateTimeOffset now)
    {
        switch (step)
        {
            case Step.StartDatabase start:
                Now = new(start.Kind, DatabaseState.Starting, now);
                return true;
            case Step.StopDatabases:
                Kill();
                return true;
            case Step.RemoveDatabases:
                Vanish();
                return true;
            default:
                return false;
        }
    }
}
