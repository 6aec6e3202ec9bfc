using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Deployments;

/// <summary>The life of a deployment on a real engine: what works, and what breaks.</summary>
public sealed class LifeTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private static readonly CreateDeployment Nginx = new() { Image = "nginx:latest", Port = 80, Name = "web" };

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_deployment_runs_stops_starts_and_goes(DatabaseKind kind)
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres), engine.Endpoint.OriginalString, worker: true);

        var created = await host.Commands.CreateAsync(host.Owner, Nginx, CommandOptions.None, default);
        var id = created.Deployment.Id;
        created.Deployment.Status.Should().Be(DeploymentStatus.Queued);
        var running = await SettledAsync(host, id);
        running.Deployment.Status.Should().Be(DeploymentStatus.Running, "{0}", running.LastFailure);
        running.Rollout!.Outcome.Should().Be(RolloutOutcome.Succeeded);
        (await ContainersAsync(engine, id)).Should().ContainSingle().Which.Should().Be("running");

        await host.Commands.StopAsync(host.Owner, "web", CommandOptions.None, default);
        (await SettledAsync(host, id)).Deployment.Status.Should().Be(DeploymentStatus.Stopped);
        (await ContainersAsync(engine, id)).Should().ContainSingle().Which.Should().Be("exited");

        await host.Commands.StartAsync(host.Owner, "web", CommandOptions.None, default);
        var started = await SettledAsync(host, id);
        started.Deployment.Status.Should().Be(DeploymentStatus.Running);
        started.LastFailure.Should().BeNull("a stopped container has not crashed");

        await host.Commands.DeleteAsync(host.Owner, "web", CommandOptions.None, default);
        (await SettledAsync(host, id)).Deployment.Status.Should().Be(DeploymentStatus.Deleted);
        (await ContainersAsync(engine, id)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_container_killed_by_hand_comes_back()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var created = await host.Commands.CreateAsync(host.Owner, Nginx, CommandOptions.None, default);
        await SettledAsync(host, created.Deployment.Id);

        await engine.Cli.RunAsync("kill", await ContainerIdAsync(engine, created.Deployment.Id));

        await Poll.UntilAsync(
            async () => (await ContainersAsync(engine, created.Deployment.Id)) is ["running"], "the container to run again");
        (await SettledAsync(host, created.Deployment.Id)).LastFailure!.Message.Should().Be("The container ended: it was killed (SIGKILL).");
        await host.Commands.DeleteAsync(host.Owner, "web", CommandOptions.None, default);
        await SettledAsync(host, created.Deployment.Id);
    }

    [Fact]
    public async Task An_image_that_exits_at_once_fails_with_its_exit_code_and_log_and_leaves_nothing()
    {
        var report = await FailAsync(new() { Image = "alpine:nexus-test", Port = 80, Command = ["sh", "-c", "echo no database; exit 3"] });

        report.LastFailure!.Code.Should().Be("CONTAINER_EXITED");
        report.LastFailure.Message.Should().Be("The container ended each time it was started, last with exit code 3.");
        report.LastFailure.LogTail.Should().Contain("no database");
    }

    [Fact]
    public async Task An_image_that_listens_on_another_port_fails_and_the_hint_names_the_port_it_declares()
    {
        var report = await FailAsync(new() { Image = "nginx:latest", Port = 8080 });

        report.LastFailure!.Code.Should().Be("HEALTH_CHECK_FAILED");
        report.LastFailure.Message.Should().Contain("port 8080").And.Contain("connection refused");
        report.LastFailure.Hint.Should().Contain("80");
    }

    [Fact]
    public async Task An_image_that_never_gets_healthy_fails_with_what_the_check_was_answered()
    {
        var report = await FailAsync(new() { Image = "nginx:latest", Port = 80, HealthCheckUrl = "/missing" });

        report.LastFailure!.Code.Should().Be("HEALTH_CHECK_FAILED");
        report.LastFailure.Message.Should().Contain("/missing, did not pass within 6 s: answered 404");
    }

    [Fact]
    public async Task An_image_that_does_not_exist_fails()
    {
        var report = await FailAsync(new() { Image = "nginx:no-such-tag", Port = 80 });

        report.LastFailure!.Hint.Should().NotBeNullOrEmpty();
    }

    private async Task<DeploymentReport> FailAsync(CreateDeployment asked)
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var created = await host.Commands.CreateAsync(host.Owner, asked, CommandOptions.None, default);

        var report = await SettledAsync(host, created.Deployment.Id);

        report.Deployment.Status.Should().Be(DeploymentStatus.Failed);
        await Poll.UntilAsync(
            async () => (await ContainersAsync(engine, created.Deployment.Id)).Count == 0, "nothing to be left running");
        return report;
    }

    private static Task<DeploymentReport> SettledAsync(CoreHost host, Guid id) => host.SettledAsync(id.ToString());

    private static async Task<IReadOnlyList<string>> ContainersAsync(DockerEngine engine, Guid id) =>
        (await engine.Cli.RunAsync("ps", "--all", "--filter", $"label=nexus.deployment={id}", "--format", "{{.State}}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<string> ContainerIdAsync(DockerEngine engine, Guid id) =>
        engine.Cli.RunAsync("ps", "--quiet", "--filter", $"label=nexus.deployment={id}");
}
