using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class LocalRegistryTests(Shared<DockerEngine> shared, Shared<LocalRegistry> sharedRegistry)
{
    [Fact]
    public async Task A_pushed_tag_is_pulled_by_its_digest()
    {
        var engine = await shared.GetAsync();
        var registry = await sharedRegistry.GetAsync();
        var digest = await registry.PushAsync(engine, "busybox:1", "pulled:1");
        await engine.Cli.RunAsync("rmi", $"{registry.Host}/pulled:1");

        await engine.Cli.RunAsync("pull", $"{registry.Host}/pulled@{digest}");

        (await engine.Cli.RunAsync("run", "--rm", $"{registry.Host}/pulled@{digest}", "echo", "hello")).Should().Be("hello");
    }

    [Fact]
    public async Task A_stopped_registry_cannot_be_reached_and_comes_back_with_its_images()
    {
        var engine = await shared.GetAsync();
        await using var registry = await LocalRegistry.StartAsync(CancellationToken.None);
        var digest = await registry.PushAsync(engine, "busybox:1", "kept:1");

        await registry.StopAsync();
        (await engine.Cli.TryAsync(["pull", $"{registry.Host}/kept:1"])).ExitCode.Should().NotBe(0);

        await registry.StartAgainAsync();
        (await engine.Cli.RunAsync("pull", $"{registry.Host}/kept:1")).Should().Contain(digest);
    }

    [Fact]
    public async Task A_name_of_another_test_class_is_refused()
    {
        var (engine, registry) = (await shared.GetAsync(), await sharedRegistry.GetAsync());
        await registry.PushAsync(engine, "busybox:1", "owned:1");

        var push = () => registry.PushAsync(engine, "busybox:1", "owned:2", caller: "/tests/OtherTests.cs");

        (await push.Should().ThrowAsync<InvalidOperationException>()).WithMessage("owned:2 belongs to LocalRegistryTests.cs*");
    }
}
