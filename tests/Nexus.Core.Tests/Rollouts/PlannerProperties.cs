using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Tests.Rollouts;

/// <summary>What holds for the planner in every world: whatever breaks, whenever it is cut off, whoever overtakes.</summary>
public sealed class PlannerProperties
{
    private const int ManySteps = 500;

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void Whatever_happens_it_converges_to_what_is_wanted(Mishap[] mishaps)
    {
        var world = new World();
        foreach (var mishap in mishaps) mishap.Happen(world);

        var steps = 0;
        while (world.Plan() is not Step.Done)
        {
            (++steps).Should().BeLessThan(ManySteps, "the planner must come to an end; it is at {0}", world.Plan());
            world.Execute(world.Plan());
        }

        HoldsWhatIsWanted(world);
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void It_never_routes_to_a_replica_that_is_not_healthy(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is not Step.SwitchTraffic change) return;
        var healthy = world.All.Where(replica => replica is { State: ReplicaState.Running, Health: Health.Healthy });
        change.ReplicaIds.Should().BeSubsetOf(healthy.Select(replica => replica.Id));
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void It_never_takes_the_last_healthy_replica_out_of_traffic_while_it_is_wanted(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (world.State != WantedState.Running || world.GivenUp || !world.HasHealthyRouted) return;
        if (step is Step.SwitchTraffic change) change.ReplicaIds.Should().NotBeEmpty();
        if (Ends(step) is { } ended) world.Routed.Should().NotContain(ended);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void It_never_asks_for_what_is_so_already(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is Step.PrepareImage) world.Images.Should().NotContain(world.Target);
        if (step is Step.SwitchTraffic change) world.Routed.Should().NotBeEquivalentTo(change.ReplicaIds);
        if (step is Step.StartReplica start)
        {
            world.All.Should().NotContain(replica => replica.Revision == world.Target
                && replica.Ordinal == start.Ordinal && replica.State == ReplicaState.Running);
        }
    });

    private static void Watch(Mishap[] mishaps, Action<World, Step> check)
    {
        var world = new World();
        foreach (var mishap in mishaps)
        {
            check(world, world.Plan());
            mishap.Happen(world);
        }

        for (var steps = 0; steps < ManySteps && world.Plan() is not Step.Done; steps++)
        {
            check(world, world.Plan());
            world.Execute(world.Plan());
        }
    }

    private static string? Ends(Step step) => step switch
    {
        Step.StopReplica stop => stop.ReplicaId,
        Step.RemoveReplica remove => remove.ReplicaId,
        _ => null,
    };

    private static void HoldsWhatIsWanted(World world)
    {
        if (world.State == WantedState.Deleted || (world.State == WantedState.Running && world.GivenUp))
            world.All.Should().BeEmpty();
        if (world.State == WantedState.Stopped)
            world.All.Should().NotContain(replica => replica.State == ReplicaState.Running);
        if (world.State != WantedState.Running || world.GivenUp) return;

        world.All.Select(replica => replica.Ordinal).Should().BeEquivalentTo(Enumerable.Range(0, world.Replicas));
        world.All.Should().OnlyContain(replica => replica.Revision == world.Target && replica.Health == Health.Healthy);
        world.Routed.Should().BeEquivalentTo(world.All.Select(replica => replica.Id));
    }

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
                case "load":
                    world.Load(Index, Number);
                    break;
                case "time":
                    world.Pass(TimeSpan.FromSeconds(Number));
                    break;
                case "redeploy":
                    world.Command(WantedState.Running, 1 + (Number % 3), world.Target + 1);
                    break;
                case "redeploy broken":
                    world.BrokenRevisions.Add(world.Target + 1);
                    world.Command(WantedState.Running, world.Replicas, world.Target + 1);
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
            "redeploy", "redeploy broken", "stop", "start", "delete",
        ];

        public static Arbitrary<Mishap> Mishaps() =>
            (from name in Gen.Elements(Names)
             from index in Gen.Choose(0, 5)
             from number in Gen.Choose(0, 70)
             select new Mishap(name, index, number)).ToArbitrary();
    }
}
