using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Load;

/// <summary>Through the real server, ingress and engine. Counts failures, never times: the benchmark does that.</summary>
public sealed class ZeroDowntimeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_request_fails_through_redeploys_rollbacks_a_failed_rollout_and_scaling()
    {
        await using var engine = await DockerEngine.StartEmptyAsync();
        await engine.LoadAsync(BaseImage.Busybox);
        await engine.LoadAsync(BaseImage.Web);
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions { Docker = engine, Variables = ServerAgent.OwnerVariables });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();

        var report = await new ChangesUnderLoad(server, engine, agent).RunAsync(new ChangePlan(PerSecond: 40, Redeploys: 3, Rollbacks: 2));

        output.WriteLine($"{report}");
        report.All.Select(result => result.Kind).Distinct().Should().BeEquivalentTo("fresh", "keep-alive", "stream", "websocket");
        report.Failed.Should().BeEmpty();
        report.FailedAtTheKill.Should().BeLessThan(report.All.Count / 100);
    }
}
