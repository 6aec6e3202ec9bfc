using System.Text.Json;
using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Deployments;

/// <summary>Going back on a real engine and a real registry, whatever became of tags and images meanwhile.</summary>
public sealed class RollbackTests(Shared<DockerEngine> engines, Shared<LocalRegistry> registries) : IAsyncLifetime
{
    private DockerEngine _engine = null!;
    private LocalRegistry _registry = null!;

    [Fact]
    public async Task A_rollback_runs_the_exact_image_and_settings_after_the_tag_was_overwritten_and_the_image_removed()
    {
        await using var host = await StartAsync();
        var first = await PushAsync("rollback:1", "one");
        await host.Commands.CreateAsync(host.Owner, Asked("rollback:1", "rollback") with
        {
            Command = ["sh", "-c", "exec httpd -f -p 8001 -h /www"],
            HealthCheckUrl = "/",
            EnvVars = new Dictionary<string, string?> { ["COLOUR"] = "red" },
        }, CommandOptions.None, default);
        await RunningAsync(host, "rollback");
        var second = await PushAsync("rollback:1", "two");
        await host.Revisions.RedeployAsync(host.Owner, "rollback", new()
        {
            Port = 8002,
            Command = ["sh", "-c", "exec httpd -f -p 8002 -h /www"],
            HealthCheckType = HealthCheckType.Tcp,
            EnvVars = new Dictionary<string, string?> { ["COLOUR"] = "blue" },
        }, CommandOptions.None, default);
        await RunningAsync(host, "rollback");
        (await ContainerAsync("rollback")).Image.Should().Be(second, "a redeploy asks the registry again");
        await _engine.Cli.RunAsync("image", "rm", first);

        await host.Revisions.RollBackAsync(host.Owner, "rollback", null, CommandOptions.None, default);
        var report = await RunningAsync(host, "rollback");

        report.Rollout!.Steps.Select(step => step.Kind).Should().NotContain("prepare_image", "nothing is resolved again");
        var container = await ContainerAsync("rollback");
        container.Image.Should().Be(first);
        container.Command.Should().Equal("sh", "-c", "exec httpd -f -p 8001 -h /www");
        container.Variables.Should().Contain(["COLOUR=red", "PORT=8001"]);
        await DeleteAsync(host, "rollback");
    }

    [Fact]
    public async Task Clean_up_keeps_what_can_be_rolled_back_to_and_takes_what_is_older()
    {
        await using var host = await StartAsync(keep: 2);
        var images = new List<string>();
        foreach (var number in Enumerable.Range(1, 4))
        {
            images.Add(await PushAsync($"kept:{number}", $"kept-{number}"));
            if (number == 1) await host.Commands.CreateAsync(host.Owner, Asked("kept:1", "kept"), CommandOptions.None, default);
            else await host.Revisions.RedeployAsync(host.Owner, "kept", new() { Image = $"{_registry.Host}/kept:{number}" }, CommandOptions.None, default);
            await RunningAsync(host, "kept");
        }

        await Poll.UntilAsync(async () => !await IsPresentAsync(images[0]) && !await IsPresentAsync(images[1]), "the older images to go");
        (await IsPresentAsync(images[2])).Should().BeTrue();
        (await IsPresentAsync(images[3])).Should().BeTrue();

        await host.Revisions.RollBackAsync(host.Owner, "kept", 1, CommandOptions.None, default);
        await RunningAsync(host, "kept");
        (await ContainerAsync("kept")).Image.Should().Be(images[0], "the registry still has that digest");
        await _engine.Cli.RunAsync("tag", images[3], "operators-own:1");
        await DeleteAsync(host, "kept");

        await Poll.UntilAsync(
            async () => !await IsPresentAsync(images[0]) && !await IsPresentAsync(images[2]), "the images of what is deleted to go");
        (await IsPresentAsync(images[3])).Should().BeTrue("the operator has given it a name");
        await _engine.Cli.RunAsync("image", "rm", "--force", "operators-own:1", images[3]);
    }

    [Fact]
    public async Task An_image_that_was_there_before_stays_and_one_that_no_registry_has_can_be_gone()
    {
        await using var host = await StartAsync();
        var (first, second) = (await _engine.BuildAsync(TestImage.Answers("here-1")), await _engine.BuildAsync(TestImage.Answers("here-2")));
        await host.Commands.CreateAsync(host.Owner, new() { Image = first, Port = 80, Name = "here" }, CommandOptions.None, default);
        await RunningAsync(host, "here");
        var id = (await ContainerAsync("here")).Image;
        await host.Commands.CreateAsync(host.Owner, new() { Image = second, Port = 80, Name = "there" }, CommandOptions.None, default);
        await RunningAsync(host, "there");
        await DeleteAsync(host, "there");
        (await IsPresentAsync(second)).Should().BeTrue("Nexus did not bring it");

        await host.Revisions.RedeployAsync(host.Owner, "here", new() { Image = await PushAsync("here:1", "here-3") }, CommandOptions.None, default);
        await RunningAsync(host, "here");
        await _engine.Cli.RunAsync("image", "rm", "--force", id);

        var back = () => host.Revisions.RollBackAsync(host.Owner, "here", null, CommandOptions.None, default);
        (await back.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("IMAGE_GONE");
        await DeleteAsync(host, "here");
    }

    [Fact]
    public async Task A_redeploy_that_fails_leaves_the_old_revision_running_and_its_image_goes()
    {
        await using var host = await StartAsync();
        await PushAsync("sound:1", "sound");
        await host.Commands.CreateAsync(host.Owner, Asked("sound:1", "sound"), CommandOptions.None, default);
        await RunningAsync(host, "sound");
        var before = await ContainerAsync("sound");
        var broken = await PushAsync("sound:2", "broken");

        await host.Revisions.RedeployAsync(host.Owner, "sound", new() { Image = $"{_registry.Host}/sound:2", HealthCheckUrl = "/missing" }, CommandOptions.None, default);
        var report = await host.SettledAsync("sound");

        report.Rollout!.Outcome.Should().Be(RolloutOutcome.Failed);
        report.Deployment.Should().BeEquivalentTo(new { Status = DeploymentStatus.Running, Revision = 1, ActiveRevision = 1, ReplicasReady = 1 });
        report.LastFailure.Should().BeEquivalentTo(new { Code = "HEALTH_CHECK_FAILED", Revision = 2 });
        await Poll.UntilAsync(async () => !await IsPresentAsync(broken), "the image of the failed revision to go");
        (await ContainerAsync("sound")).Id.Should().Be(before.Id, "it was never touched");
        await DeleteAsync(host, "sound");
    }

    [Fact]
    public async Task A_renamed_deployment_restarts_its_own_containers_and_makes_no_second_ones()
    {
        await using var host = await StartAsync();
        await host.Commands.CreateAsync(host.Owner, new() { Image = "nginx:latest", Port = 80, Name = "before" }, CommandOptions.None, default);
        await RunningAsync(host, "before");
        await host.Revisions.RedeployAsync(host.Owner, "before", new() { Name = "after", Port = 9 }, CommandOptions.None, default);
        await host.SettledAsync("after");

        await _engine.Cli.RunAsync("kill", (await ContainerAsync("before")).Id);

        await Poll.UntilAsync(async () => (await host.SettledAsync("after")).Deployment.Status == DeploymentStatus.Running, "it to run again");
        (await _engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", "name=nexus-after-")).Trim().Should().BeEmpty();
        await DeleteAsync(host, "after");
    }

    public async ValueTask InitializeAsync() => (_engine, _registry) = (await engines.GetAsync(), await registries.GetAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<CoreHost> StartAsync(int keep = 10) => CoreHost.StartAsync(
        dockerHost: _engine.Endpoint.OriginalString, worker: true,
        images: new() { AllowedPrefixes = [$"{_registry.Host}/"], KeepRevisions = keep });

    private CreateDeployment Asked(string image, string name) => new()
    {
        Image = $"{_registry.Host}/{image}",
        Port = 8001,
        Name = name,
        Command = ["sh", "-c", "exec httpd -f -p 8001 -h /www"],
    };

    /// <summary>Builds an image, pushes it, and takes it off the engine again. Returns its reference by digest.</summary>
    private async Task<string> PushAsync(string name, string text)
    {
        var tag = await _engine.BuildAsync(TestImage.Answers(text));
        var digest = await _registry.PushAsync(_engine, tag, name);
        await _engine.Cli.RunAsync("image", "rm", tag, $"{_registry.Host}/{name}");
        return $"{_registry.Host}/{name.Split(':')[0]}@{digest}";
    }

    private static async Task<DeploymentReport> RunningAsync(CoreHost host, string name)
    {
        var report = await host.SettledAsync(name);
        report.Deployment.Status.Should().Be(DeploymentStatus.Running, "{0}", report);
        report.Rollout!.Outcome.Should().Be(RolloutOutcome.Succeeded, "{0}", report);
        return report;
    }

    private async Task DeleteAsync(CoreHost host, string name)
    {
        await host.Commands.DeleteAsync(host.Owner, name, CommandOptions.None, default);
        await Poll.UntilAsync(
            async () => (await _engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", $"name=nexus-{name}-")).Trim().Length == 0, $"{name} to go");
    }

    private async Task<bool> IsPresentAsync(string image) => (await _engine.Cli.TryAsync(["image", "inspect", image])).ExitCode == 0;

    /// <summary>The only container that runs for the deployment, once the one before has gone.</summary>
    private async Task<Container> ContainerAsync(string name)
    {
        var ids = Array.Empty<string>();
        await Poll.UntilAsync(
            async () => (ids = (await _engine.Cli.RunAsync("ps", "--all", "--quiet", "--no-trunc", "--filter", $"name=nexus-{name}-"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)).Length == 1,
            $"one container of {name}");
        var configuration = JsonDocument.Parse(await _engine.Cli.RunAsync("inspect", "--format", "{{json .Config}}", ids[0])).RootElement;
        return new(ids[0], configuration.GetProperty("Image").GetString()!, Texts(configuration, "Cmd"), Texts(configuration, "Env"));
    }

    private static string[] Texts(JsonElement configuration, string name) =>
        [.. configuration.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private sealed record Container(string Id, string Image, string[] Command, string[] Variables);
}
