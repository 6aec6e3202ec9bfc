using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Nexus.Core.Deployments;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Rollouts;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

/// <summary>With rules of the tests' own, that no other bridge of this machine meets.</summary>
public sealed class HostGuardTests(Shared<DockerEngine> engine) : IAsyncDisposable
{
    private const string Prefix = "nxgt-";
    private static readonly HealthProbe Probe = new(TimeProvider.System);
    private readonly TcpListener _service = Listen();
    private readonly TcpListener _public = Listen();

    [Fact]
    public async Task A_replica_reaches_its_project_and_the_internet_but_neither_this_machine_nor_cloud_metadata()
    {
        await using var internet = await PretendedInternet.StartAsync();
        await using var open = await TestProvider.CreateAsync(engine, options => options with { BridgePrefix = "nxgu-" });
        await using var guarded = await TestProvider.CreateAsync(
            engine, options => options with { GuardHost = true, BridgePrefix = Prefix, HostPorts = [PortOf(_public)] });

        (await VisitAsync(open)).Should().Equal(
            "sibling reached", "internet reached", "metadata reached", "service reached", "public reached");
        (await VisitAsync(guarded)).Should().Equal(
            "sibling reached", "internet reached", "metadata failed", "service failed", "public reached");
    }

    [Fact]
    public async Task A_guarded_replica_is_reached_at_its_address_and_at_a_published_port()
    {
        foreach (var reach in new[] { DockerReach.Bridge, DockerReach.Published })
        {
            await using var guarded = await TestProvider.CreateAsync(
                engine, options => options with { GuardHost = true, BridgePrefix = Prefix, Reach = reach });
            var replica = await guarded.StartAsync(guarded.Spec());

            await Poll.UntilAsync(() => PassesAsync(replica), $"the replica to be reached by {reach}");
        }
    }

    [Fact]
    public async Task Rules_that_another_program_flushed_are_there_again_before_the_next_replica_starts()
    {
        await using var guarded = await TestProvider.CreateAsync(engine, options => options with { GuardHost = true, BridgePrefix = Prefix });
        await guarded.StartAsync(guarded.Spec());
        await RemoveRulesAsync();

        await guarded.StartAsync(guarded.Spec() with { Ordinal = 1 });

        (await IptablesAsync("-S", "PREROUTING")).Output.Should().Contain($"-i {Prefix}+");
    }

    public async ValueTask DisposeAsync()
    {
        _service.Dispose();
        _public.Dispose();
        await RemoveRulesAsync();
    }

    private async Task<IEnumerable<string>> VisitAsync(TestProvider test)
    {
        var sibling = await test.StartAsync(test.Spec());
        await Poll.UntilAsync(() => PassesAsync(sibling), "the sibling to listen");
        var script = $$"""
            machine=$(ip route | sed -n 's/default via \([0-9.]*\).*/\1/p')
            # nc becomes `true` once it is connected.
            visit() { nc -w 2 $2 $3 -e true 2>/dev/null && echo $1 reached || echo $1 failed; }
            visit sibling {{sibling.Address!.Replace(':', ' ')}}
            visit internet {{PretendedInternet.Address}} 80
            visit metadata 169.254.169.254 80
            visit service $machine {{PortOf(_service)}}
            visit public $machine {{PortOf(_public)}}
            """;
        await test.StartAsync(test.Spec("sh", "-c", script) with { Ordinal = 1 });
        await Poll.UntilAsync(async () => (await test.ListAsync())[1].State == ReplicaState.Exited, "the visits to end");
        return (await test.LogsAsync((await test.ListAsync())[1])).Select(line => line.Text);
    }

    private static async Task<bool> PassesAsync(Replica replica) =>
        (await Probe.ProbeAsync(replica.Address!, HealthCheck.Tcp, CancellationToken.None)).Passed;

    private static async Task RemoveRulesAsync()
    {
        var chain = $"NEXUS-GUARD-{Prefix}";
        await IptablesAsync("-D", "PREROUTING", "-i", $"{Prefix}+", "-m", "conntrack", "--ctstate", "NEW", "-j", chain);
        await IptablesAsync("-F", chain);
        await IptablesAsync("-X", chain);
    }

    private static Task<CommandResult> IptablesAsync(params string[] arguments) =>
        Shell.RunAsync(new(Tool.Path("iptables"), ["-w", "-t", "mangle", .. arguments]));

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
