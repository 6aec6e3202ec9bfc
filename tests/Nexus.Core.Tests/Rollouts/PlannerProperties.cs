using FluentAssertions;
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

        Settle(world);

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
    public void It_never_ends_a_replica_with_requests_on_their_way_before_their_time_is_over(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (Ends(step) is not { } ended) return;
        var replica = world.All.Single(replica => replica.Id == ended);
        world.Routed.Should().NotContain(ended);
        if (replica is { State: ReplicaState.Running, InFlight: > 0 })
            (world.Now - world.RoutedSince).Should().BeGreaterThanOrEqualTo(Planner.DrainTimeout);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void New_replicas_take_traffic_all_together_and_only_when_all_are_healthy(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is not Step.SwitchTraffic { ReplicaIds.Count: > 0 } change || !world.RollingOut || !world.HasHealthyRouted) return;
        var revisions = world.All.Where(replica => change.ReplicaIds.Contains(replica.Id)).Select(replica => replica.Revision).ToList();
        if (revisions.Contains(world.Target) && world.All.Where(replica => world.Routed.Contains(replica.Id)).All(replica => replica.Revision != world.Target))
            revisions.Should().HaveCount(world.Replicas).And.OnlyContain(revision => revision == world.Target);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void A_rollout_that_is_given_up_leaves_every_replica_that_served_as_it_was(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (!world.RollingOut || world.State != WantedState.Running || world.Active is not { } active || active == world.Target) return;
        if (Ends(step) is { } ended && world.All.Single(replica => replica.Id == ended).Revision == active)
            world.Routed.Should().OnlyContain(id => world.All.Single(replica => replica.Id == id).Revision == world.Target);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void Scaling_ends_no_replica_but_those_above_the_number(int from, int to)
    {
        var world = new World();
        world.Scale(1 + (int)((uint)from % 10));
        Settle(world);
        var before = world.All.Select(replica => replica.Id).ToList();

        world.Scale(1 + (int)((uint)to % 10));
        Settle(world, step => step.Should().NotBeOfType<Step.RestartReplica>().And.NotBeOfType<Step.PrepareImage>().And.NotBeOfType<Step.BuildImage>());

        world.All.Should().HaveCount(world.Replicas);
        world.All.Select(replica => replica.Id).Take(before.Count).Should().Equal(before.Take(world.Replicas));
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void In_a_rollout_no_replica_starts_before_the_database_is_ready_and_none_outlives_it(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is Step.StartReplica && world.RollingOut) world.Database.Now!.State.Should().Be(DatabaseState.Ready);
        if (step is Step.StopDatabases or Step.RemoveDatabases)
            world.All.Should().NotContain(replica => replica.State == ReplicaState.Running);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void It_never_asks_for_what_is_so_already(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is Step.PrepareImage or Step.BuildImage) world.Images.Should().NotContain(world.Target);
        if (step is Step.SwitchTraffic change) world.Routed.Should().NotBeEquivalentTo(change.ReplicaIds);
        if (step is Step.StartReplica start)
        {
            world.All.Should().NotContain(replica => replica.Revision == world.Target
                && replica.Ordinal == start.Ordinal && replica.State == ReplicaState.Running);
        }
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void It_builds_what_is_from_source_and_nothing_else(Mishap[] mishaps) => Watch(mishaps, (world, step) =>
    {
        if (step is Step.BuildImage) world.FromSource.Should().Contain(world.Target);
        if (step is Step.PrepareImage) world.FromSource.Should().NotContain(world.Target);
        if (step is Step.BuildImage or Step.PrepareImage) world.State.Should().Be(WantedState.Running);
    });

    [Property(MaxTest = 1000, Arbitrary = [typeof(Chaos)])]
    public void A_rollback_of_what_was_built_builds_nothing(Mishap[] mishaps, int index)
    {
        var world = new World();
        world.Redeploy(built: true);
        foreach (var mishap in mishaps) mishap.Happen(world);
        Settle(world);
        if (world.Served.Count == 0) return;

        world.RollBack(index & 0xff);
        Settle(world, step => step.Should().NotBeOfType<Step.BuildImage>().And.NotBeOfType<Step.PrepareImage>());
    }

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

    private static void Settle(World world, Action<Step>? check = null)
    {
        var steps = 0;
        while (world.Plan() is var step and not Step.Done)
        {
            (++steps).Should().BeLessThan(ManySteps, "the planner must come to an end; it is at {0}", step);
            check?.Invoke(step);
            world.Execute(step);
        }

        world.Execute(new Step.Done());
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
        if (world.State == WantedState.Deleted) world.Database.Now.Should().BeNull();
        else if (world.State == WantedState.Stopped || world.GivenUp) world.Database.Now?.State.Should().Be(DatabaseState.Stopped);
        else world.Database.Now!.State.Should().NotBe(DatabaseState.Stopped);
        if (world.State == WantedState.Stopped)
            world.All.Should().NotContain(replica => replica.State == ReplicaState.Running);
        if (world.State != WantedState.Running || world.GivenUp) return;

        world.All.Select(replica => replica.Ordinal).Should().BeEquivalentTo(Enumerable.Range(0, world.Replicas));
        world.All.Should().OnlyContain(replica => replica.Revision == world.Target && replica.Health == Health.Healthy);
        world.Routed.Should().BeEquivalentTo(world.All.Select(replica => replica.Id));
    }
}
