using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Rollouts;

/// <summary>What becomes of a pass whose lease can't be renewed because the database does not answer.</summary>
public sealed class LeaseTests(Shared<DockerEngine> engines)
{
    private const string Renewal = "SET \"LeaseUntil\" = @";
    private const string Acquisition = "SET \"LeaseOwner\" = @";

    [Fact]
    public async Task A_renewal_that_fails_once_ends_nothing()
    {
        var engine = await engines.GetAsync();
        using var log = new LogLines();
        await using var host = await CoreHost.StartAsync(
            dockerHost: engine.Endpoint.OriginalString, worker: true, healthTimeout: TimeSpan.FromMinutes(2), log: log);
        var image = await engine.BuildAsync(TestImage.StartsSlowly);
        var failures = 0;
        host.Statements.Fails = statement => statement.Contains(Renewal) && Interlocked.Increment(ref failures) == 1;

        await host.Commands.CreateAsync(host.Owner, new() { Image = image, Port = 80, Name = "renewed" }, CommandOptions.None, default);
        var report = await host.SettledAsync("renewed");

        report.Deployment.Status.Should().Be(DeploymentStatus.Running);
        failures.Should().BeGreaterThan(1, "it was tried again");
        host.Statements.Seen.Count(statement => statement.Contains(Acquisition)).Should().Be(1, "the pass went on");
        log.Seen.Should().ContainSingle(line => line.StartsWith("Warning: ") && line.Contains("could not be renewed"));
        log.Seen.Should().NotContain(line => line.Contains("could not be taken or given back"));
        await DeleteAsync(host, "renewed");
    }

    [Fact]
    public async Task A_pass_whose_lease_can_not_be_renewed_ends_before_it_lapses_and_begins_anew()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(
            dockerHost: engine.Endpoint.OriginalString, worker: true, healthTimeout: TimeSpan.FromMinutes(10));
        host.Statements.Fails = statement => statement.Contains(Renewal);

        await host.Commands.CreateAsync(
            host.Owner, new() { Image = "nginx:latest", Port = 9, Name = "let-go" }, CommandOptions.None, default);

        await Poll.UntilAsync(
            () => host.Statements.Seen.Count(statement => statement.Contains(Acquisition)) > 1, "the next pass to begin", TimeSpan.FromMinutes(2));
        host.Statements.Fails = null;
        await DeleteAsync(host, "let-go");
    }

    private static async Task DeleteAsync(CoreHost host, string name)
    {
        var id = (await host.Commands.DeleteAsync(host.Owner, name, CommandOptions.None, default)).Deployment.Id;
        await host.SettledAsync(id.ToString());
    }
}
