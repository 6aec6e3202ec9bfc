using FsCheck;
using FsCheck.Fluent;
using Nexus.Core.Deployments;

namespace Nexus.Core.Tests.Rollouts;

/// <summary>Something that happens between two looks of the planner; most often, that it is let do its step.</summary>
public sealed record Mishap(string Name, int Index, int Number)
{
    internal void Happen(World world)
    {
        switch (Name)
        {
            case "step":
                world.Execute(world.Plan());
                break;
            case "kill":
                world.Kill(Index);
                break;
            case "sicken":
                world.Sicken(Index);
                break;
            case "kill database":
                world.Database.Kill();
                break;
            case "lose database":
                world.Database.Vanish();
                break;
            case "break database":
                world.Database.Broken = !world.Database.Broken;
                break;
            case "load":
                world.Load(Index, Number);
                break;
            case "time":
                world.Pass(TimeSpan.FromSeconds(Number));
                break;
            case "redeploy":
                world.Redeploy();
                break;
            case "redeploy broken":
                world.Redeploy(broken: true);
                break;
            case "redeploy missing":
                world.Redeploy(missing: true);
                break;
            case "redeploy source":
                world.Redeploy(built: true, missing: Number % 3 == 0);
                break;
            case "roll back":
                world.RollBack(Index);
                break;
            case "scale":
                world.Scale(1 + (Number % 4));
                break;
            case "restart server":
                world.RestartServer();
                break;
            case "restart engine":
                world.RestartEngine();
                break;
            case "stop":
                world.Command(WantedState.Stopped, world.Replicas, world.Target);
                break;
            case "start":
                world.Command(WantedState.Running, world.Replicas, world.Target);
                break;
            case "delete":
                world.Command(WantedState.Deleted, world.Replicas, world.Target);
                break;
        }
    }
}

/// <summary>Generates what happens.</summary>
public static class Chaos
{
    private static readonly string[] Names =
    [
        "step", "step", "step", "step", "step", "step", "step", "step", "time", "kill", "sicken", "load",
        "redeploy", "redeploy", "redeploy broken", "redeploy missing", "redeploy source", "redeploy source", "roll back", "roll back", "scale", "scale",
        "kill database", "lose database", "break database", "restart server", "restart engine", "stop", "start", "delete",
    ];

    public static Arbitrary<Mishap> Mishaps() =>
        (from name in Gen.Elements(Names)
         from index in Gen.Choose(0, 5)
         from number in Gen.Choose(0, 70)
         select new Mishap(name, index, number)).ToArbitrary();
}
