using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker.Building;

/// <summary>What the steps of a build reach, on a real engine: with rules of the tests' own, that no other bridge of this machine meets.</summary>
public sealed class BuildGuardTests(Shared<DockerEngine> engine) : IAsyncDisposable
{
    private const string Prefix = "nxgb-";
    private const string Network = Prefix + "build";
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _service = Listen();
    private int _builds;

    [Theory]
    [InlineData(DockerBuilderKind.Auto)]
    [InlineData(DockerBuilderKind.Classic)]
    public async Task A_step_reaches_a_service_of_this_machine_where_it_is_not_guarded(DockerBuilderKind builder)
    {
        await using var open = await TestProvider.CreateAsync(engine, options => options with { Builder = builder });

        (await BuildAsync(open, Visit("service $machine " + Port))).Should().Contain("service reached");
    }

    [Fact]
    public async Task A_guarded_step_reaches_the_internet_but_neither_this_machine_nor_cloud_metadata()
    {
        await using var internet = await PretendedInternet.StartAsync();
        await using var guarded = await StartAsync();
        (await guarded.Provider.CheckAsync(TestContext.Current.CancellationToken)).Builder.Should().Be("classic, kept from the host");

        var said = await BuildAsync(
            guarded, Visit("service $machine " + Port, $"internet {PretendedInternet.Address} 80", "metadata 169.254.169.254 80"));

        said.Should().Contain("service failed").And.Contain("internet reached").And.Contain("metadata failed")
            .And.Contain(line => line.Contains("kept from the machine's own services"));
    }

    [Fact]
    public async Task Steps_of_builds_that_run_at_once_do_not_see_each_other_and_share_a_network()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var address = new TaskCompletionSource<string>();
        var listening = BuildAsync(
            one, "ip -4 address show eth0 | sed -n 's/.*inet \\([0-9.]*\\).*/listens at \\1/p'; echo hello | nc -l -p 7000 -w 60 || true",
            line =>
            {
                if (line.StartsWith("listens at ", StringComparison.Ordinal)) address.TrySetResult(line["listens at ".Length..]);
            });

        var said = await BuildAsync(other, Visit($"neighbour {await address.Task.WaitAsync(TimeSpan.FromMinutes(2))} 7000"));

        said.Should().Contain("neighbour failed");
        (await EngineAsync("network", "ls", "--quiet", "--filter", $"name={Network}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(1);
        await EngineAsync("kill", (await EngineAsync("ps", "--quiet", "--filter", $"network={Network}")).Trim());
        await listening.Invoking(ended => ended).Should().ThrowAsync<ProviderException>();
    }

    [Fact]
    public async Task A_guarded_step_is_held_to_its_memory()
    {
        await using var guarded = await StartAsync();

        var said = await BuildAsync(
            guarded, "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null || true", memory: 48 << 20);

        said.Should().Contain($"{48 << 20}");
    }

    [Fact]
    public async Task A_network_of_the_name_that_no_rule_meets_is_not_used()
    {
        await using var guarded = await StartAsync();
        await EngineAsync("network", "create", Network);

        var failure = (await guarded.Invoking(one => BuildAsync(one, "true")).Should().ThrowAsync<ProviderException>()).Which;

        (failure.Code, failure.Transient).Should().Be(("HOST_GUARD_FAILED", false));
    }

    public async ValueTask DisposeAsync()
    {
        _service.Dispose();
        _folder.Dispose();
        await (await engine.GetAsync()).Cli.TryAsync(["network", "rm", Network]);
        var chain = $"NEXUS-GUARD-{Prefix}";
        foreach (var tool in new[] { "iptables", "ip6tables" })
        {
            await IptablesAsync(tool, "-D", "PREROUTING", "-i", $"{Prefix}+", "-m", "conntrack", "--ctstate", "NEW", "-j", chain);
            await IptablesAsync(tool, "-F", chain);
            await IptablesAsync(tool, "-X", chain);
        }
    }

    private int Port => ((IPEndPoint)_service.LocalEndpoint).Port;

    private Task<TestProvider> StartAsync() => TestProvider.CreateAsync(engine, options => options with { GuardHost = true, BridgePrefix = Prefix });

    /// <summary>Each a name, an address and a port.</summary>
    private static string Visit(params IEnumerable<string> targets) => string.Join(
        "; ",
        [
            "machine=$(ip route | sed -n 's/default via \\([0-9.]*\\).*/\\1/p')",
            // nc becomes `true` once it is connected.
            "visit() { nc -w 2 $2 $3 -e true 2>/dev/null && echo $1 reached || echo $1 failed; }",
            .. targets.Select(target => "visit " + target),
        ]);

    /// <summary>The lines of a build with one step, without what the builder puts before them.</summary>
    private async Task<IReadOnlyList<string>> BuildAsync(TestProvider test, string step, Action<string>? heard = null, long? memory = null)
    {
        var place = _folder.At($"{Interlocked.Increment(ref _builds)}");
        var order = new BuildOrder
        {
            OrganizationId = Guid.CreateVersion7(),
            DeploymentId = Guid.CreateVersion7(),
            Revision = 1,
            Context = Directory.CreateDirectory(Path.Combine(place, "files")).FullName,
            Dockerfile = Path.Combine(place, "Dockerfile"),
            Time = TimeSpan.FromMinutes(3),
            MemoryBytes = memory,
        };
        await File.WriteAllTextAsync(order.Dockerfile, $"FROM alpine:nexus-test\nENV BUILD={order.DeploymentId}\nRUN {step}\n");
        var lines = new Heard(heard);
        var built = await test.Provider.BuildImageAsync(order, lines, TestContext.Current.CancellationToken);
        await EngineAsync("image", "rm", built.Reference);
        return lines.All;
    }

    private async Task<string> EngineAsync(params string[] arguments) => await (await engine.GetAsync()).Cli.RunAsync(arguments);

    private static Task<CommandResult> IptablesAsync(string tool, params string[] arguments) =>
        Shell.RunAsync(new(Tool.Path(tool), ["-w", "-t", "mangle", .. arguments]));

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return listener;
    }

    private sealed class Heard(Action<string>? also) : IProgress<string>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public void Report(string value)
        {
            // BuildKit begins each with the number of its step and the time.
            var line = System.Text.RegularExpressions.Regex.Replace(value, @"^#\d+ [\d.]+ ", "");
            lock (_lines) _lines.Add(line);
            also?.Invoke(line);
        }
    }
}
