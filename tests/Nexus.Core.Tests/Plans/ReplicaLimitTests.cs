using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Plans;

/// <summary>What the plan gives a replica is what the kernel holds it to.</summary>
public sealed class ReplicaLimitTests(Shared<DockerEngine> engines)
{
    private static readonly PlanOptions Plan = new() { MemoryBytes = 48L * 1024 * 1024, Cpus = 0.25 };

    internal static readonly CreateDeployment Small =
        new() { Image = "alpine:nexus-test", Port = 8000, Name = "small", Command = ["httpd", "-f", "-p", "8000", "-h", "/www"] };

    [Fact]
    public async Task Replicas_have_the_plans_memory_and_processors()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true, plan: Plan);
        var created = await host.Commands.CreateAsync(host.Owner, Small, CommandOptions.None, default);
        (await host.SettledAsync("small")).Deployment.Status.Should().Be(DeploymentStatus.Running);

        (await InspectAsync(engine, created.Deployment.Id, "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}}")).Should().Be("50331648 50331648 250000000");
        var now = (await host.Get<UsageQueries>().ReadAsync(host.Owner, UsagePeriod.Today, default)).Machine;
        now.UnknownBecause.Should().BeNull();
        now.MemoryBytes.Should().BeInRange(1, Plan.MemoryBytes!.Value);

        await host.Commands.DeleteAsync(host.Owner, "small", CommandOptions.None, default);
        await host.SettledAsync(created.Deployment.Id.ToString());
    }

    [Fact]
    public async Task An_application_that_needs_more_memory_fails_with_that_reason_and_what_to_do()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true, plan: Plan);
        // tail keeps the whole line, and there is no end to it.
        await host.Commands.CreateAsync(
            host.Owner, new() { Image = "alpine:nexus-test", Port = 8000, Name = "greedy", Command = ["tail", "/dev/zero"] }, CommandOptions.None, default);

        var report = await host.SettledAsync("greedy");

        report.Deployment.Status.Should().Be(DeploymentStatus.Failed);
        report.LastFailure!.Message.Should().Contain("ran out of memory (limit 48 MiB)");
        report.LastFailure.Hint.Should().Contain("use less memory").And.Contain("48 MiB").And.Contain("Nexus__Plans__Default__MemoryMiB");
    }

    [Fact]
    public void A_database_beside_it_gets_no_less_than_it_needs_to_start()
    {
        Plan.DatabaseLimits.Should().Be(Plan.ReplicaLimits with { MemoryBytes = 512L * 1024 * 1024 });
        new PlanOptions { MemoryBytes = 1L << 30 }.DatabaseLimits.MemoryBytes.Should().Be(1L << 30);
    }

    internal static async Task<string> InspectAsync(DockerEngine engine, Guid id, string format) => await engine.Cli.RunAsync(
        "inspect", "--format", format, await engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", $"label=nexus.deployment={id}"));
}
