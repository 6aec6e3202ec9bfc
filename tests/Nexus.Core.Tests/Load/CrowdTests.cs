using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Load;

public sealed class CrowdTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task Twenty_deployments_asked_at_once_all_come_up()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(
            dockerHost: engine.Endpoint.OriginalString, worker: true, healthTimeout: TimeSpan.FromMinutes(2));
        var names = Enumerable.Range(1, 20).Select(number => $"crowd-{number}").ToList();

        await Task.WhenAll(names.Select(name => host.Commands.CreateAsync(host.Owner, Asked(name), CommandOptions.None, default)));

        foreach (var name in names)
        {
            var report = await host.SettledAsync(name);
            report.Deployment.Status.Should().Be(DeploymentStatus.Running, "{0}: {1}", name, report.LastFailure);
        }

        await Task.WhenAll(names.Select(name => host.Commands.DeleteAsync(host.Owner, name, CommandOptions.None, default)));
        await Poll.UntilAsync(
            async () => (await engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", "name=nexus-crowd-")).Length == 0,
            "all to be gone", TimeSpan.FromSeconds(120));
    }

    private static CreateDeployment Asked(string name) =>
        new() { Image = "alpine:nexus-test", Port = 8000, Name = name, Command = ["httpd", "-f", "-p", "8000", "-h", "/www"] };
}
