using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Nexus.Core.Providers;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class ImageTests(Shared<DockerEngine> engine, Shared<LocalRegistry> registries)
{
    /// <summary>A loopback port that nothing listens at.</summary>
    private const string Nowhere = "127.0.0.1:1";

    [Fact]
    public async Task An_image_on_the_engine_is_used_by_its_id()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.RunAsync("tag", TestProvider.Image, $"{Nowhere}/local:1");

        var image = await test.ResolveAsync($"{Nowhere}/local:1", PullPolicy.Missing);

        image.Reference.Should().StartWith("sha256:");
        image.Note.Should().BeNull();
    }

    [Fact]
    public async Task The_ports_that_an_image_declares_are_known()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.BuildAsync("ports:1", $"FROM {TestProvider.Image}\nEXPOSE 8443/tcp 53/udp 80");

        (await test.ResolveAsync("ports:1", PullPolicy.Missing)).ExposedPorts.Should().Equal(80, 8443);
    }

    [Fact]
    public async Task A_tag_is_pulled_and_becomes_its_digest()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var registry = await registries.GetAsync();
        await BuildAsync(test, "pulled", "one");
        var digest = await registry.PushAsync(test.Engine, "pulled:one", "pulled:1");
        var name = $"{registry.Host}/pulled:1";
        await test.Engine.Cli.RunAsync("image", "rm", name, "pulled:one");
        var progress = new Lines();

        var image = await test.ResolveAsync(name, PullPolicy.Missing, progress);

        image.Reference.Should().Be($"{registry.Host}/pulled@{digest}");
        progress.All.Should().HaveElementAt(0, $"Pulling {name}");
        progress.All.Skip(1).Should().NotBeEmpty().And.OnlyContain(line => line.StartsWith($"Pulling {name}: ") && line.EndsWith(" MB"));
        (await test.StartAsync(test.Spec() with { Image = image.Reference })).State.Should().Be(ReplicaState.Running);
    }

    [Fact]
    public async Task A_tag_that_moved_is_seen_when_the_registry_is_asked()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var registry = await registries.GetAsync();
        await BuildAsync(test, "moving", "one");
        await registry.PushAsync(test.Engine, "moving:one", "moving:1");
        var name = $"{registry.Host}/moving:1";
        var first = await test.ResolveAsync(name, PullPolicy.Missing);
        await BuildAsync(test, "moving", "two");
        await registry.PushAsync(test.Engine, "moving:two", "moving:1");
        await test.Engine.Cli.RunAsync("tag", "moving:one", name);

        (await test.ResolveAsync(name, PullPolicy.Missing)).Reference.Should().Be(first.Reference);
        (await test.ResolveAsync(name, PullPolicy.Always)).Reference.Should().NotBe(first.Reference);
    }

    [Fact]
    public async Task A_rollback_gets_the_old_digest_back_after_the_tag_moved_and_images_were_cleaned_up()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var registry = await registries.GetAsync();
        await BuildAsync(test, "brought-back", "one");
        await registry.PushAsync(test.Engine, "brought-back:one", "brought-back:1");
        var name = $"{registry.Host}/brought-back:1";
        var first = await test.ResolveAsync(name, PullPolicy.Missing);
        await BuildAsync(test, "brought-back", "two");
        await registry.PushAsync(test.Engine, "brought-back:two", "brought-back:1");
        await test.Engine.Cli.RunAsync("image", "rm", "--force", name, "brought-back:one", "brought-back:two", first.Reference);

        await test.StartAsync(test.Spec("cat", "/version") with { Image = first.Reference });

        (await test.LogsAsync(await test.UntilExitedAsync())).Should().ContainSingle().Which.Text.Should().Be("brought-back one");
    }

    [Fact]
    public async Task An_image_by_id_that_was_cleaned_up_is_gone()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var id = $"sha256:{new string('a', 64)}";

        var start = () => test.StartAsync(test.Spec() with { Image = id });

        (await start.Should().ThrowAsync<ProviderException>()).Which.Code.Should().Be("IMAGE_NOT_FOUND");
    }

    [Theory]
    [InlineData("no-such-repository:1")]
    [InlineData("present:no-such-tag")]
    [InlineData("present@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_image_that_its_registry_does_not_have_is_not_found(string name)
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var registry = await registries.GetAsync();
        await registry.PushAsync(test.Engine, TestProvider.Image, "present:1");

        var resolve = () => test.ResolveAsync($"{registry.Host}/{name}", PullPolicy.Missing);

        var failure = (await resolve.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("IMAGE_NOT_FOUND", false));
        failure.Message.Should().Be($"Image '{registry.Host}/{name}' does not exist in its registry.");
    }

    [Fact]
    public async Task A_registry_that_wants_credentials_denies()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        using var registry = new HttpListener();
        var host = $"127.0.0.1:{LoopbackPort.Next()}";
        registry.Prefixes.Add($"http://{host}/");
        registry.Start();
        _ = AskForCredentialsAsync(registry);

        var resolve = () => test.ResolveAsync($"{host}/private:1", PullPolicy.Always);

        var failure = (await resolve.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("IMAGE_PULL_DENIED", false));
    }

    [Theory]
    [InlineData($"{Nowhere}/app:1")]
    [InlineData("registry.invalid/app:1")]
    public async Task A_registry_that_is_not_there_may_come_back(string image)
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var resolve = () => test.ResolveAsync(image, PullPolicy.Missing);

        var failure = (await resolve.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("REGISTRY_UNREACHABLE", true));
    }

    [Fact]
    public async Task An_image_on_the_engine_stands_in_for_a_registry_that_is_not_there_and_says_so()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        await test.Engine.Cli.RunAsync("tag", TestProvider.Image, $"{Nowhere}/app:here");

        var image = await test.ResolveAsync($"{Nowhere}/app:here", PullPolicy.Always);

        image.Reference.Should().StartWith("sha256:");
        image.Note.Should().Be(
            $"The registry of image '{Nowhere}/app:here' cannot be reached. The image that is on the engine already is used.");
    }

    [Fact]
    public async Task A_registry_that_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var test = await TestProvider.CreateAsync(
            engine, options => options with { PullStallTimeout = TimeSpan.FromMilliseconds(500) });

        var resolve = () => test.ResolveAsync($"{silent.LocalEndpoint}/app:1", PullPolicy.Missing);

        var failure = (await resolve.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("REGISTRY_UNREACHABLE", true));
        failure.Message.Should().EndWith("does not send the image in time.");
    }

    private static async Task AskForCredentialsAsync(HttpListener registry)
    {
        while (registry.IsListening)
        {
            var context = await registry.GetContextAsync();
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            context.Response.Headers["WWW-Authenticate"] = "Basic realm=\"tests\"";
            context.Response.Close();
        }
    }

    private static Task<string> BuildAsync(TestProvider test, string name, string version) =>
        test.Engine.Cli.BuildAsync($"{name}:{version}", $"FROM {TestProvider.Image}\nCOPY version /version", ("version", $"{name} {version}\n"));

    private sealed class Lines : IProgress<string>
    {
        public ConcurrentQueue<string> All { get; } = [];

        public void Report(string value) => All.Enqueue(value);
    }
}
