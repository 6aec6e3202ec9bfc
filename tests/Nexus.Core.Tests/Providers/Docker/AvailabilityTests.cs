using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class AvailabilityTests(Shared<DockerEngine> engine)
{
    [Fact]
    public async Task An_engine_that_answers_is_available_with_its_version()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var availability = await test.Provider.CheckAsync(TestContext.Current.CancellationToken);

        availability.Available.Should().BeTrue();
        availability.Version.Should().Be(await test.Engine.Cli.RunAsync("version", "--format", "{{.Server.Version}}"));
    }

    [Fact]
    public async Task Where_there_is_no_socket_it_says_how_to_get_one()
    {
        using var folder = new TemporaryFolder();

        (await ReasonAsync($"unix://{folder.At("docker.sock")}")).Should().StartWith("There is no Docker Engine at unix://")
            .And.EndWith("Install and start it, or set Nexus__Docker__Host.");
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_at_is_an_engine_that_is_not_running()
    {
        using var folder = new TemporaryFolder();
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(folder.At("docker.sock")));

        (await ReasonAsync($"unix://{folder.At("docker.sock")}")).Should().EndWith("is not running. Start it, e.g. with systemctl start docker.");
    }

    [Fact]
    public async Task An_engine_that_says_nothing_is_not_waited_for_long()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        (await ReasonAsync($"tcp://{silent.LocalEndpoint}")).Should().Contain("does not answer in time");
    }

    [Theory]
    [InlineData("ssh://engine.example", "The scheme ssh:// is not supported.")]
    [InlineData("docker", "'docker' is not an address of a Docker Engine. Set Nexus__Docker__Host to unix:///path or tcp://host:port.")]
    public async Task An_address_that_is_none_is_named(string host, string reason)
    {
        (await ReasonAsync(host)).Should().Be(reason);
    }

    [Theory]
    [InlineData("20.10.24", "1.41", "1.12", "/v1.41/")]
    [InlineData("29.4.1", "1.54", "1.44", "/v1.52/")]
    public async Task It_speaks_the_newest_version_that_both_know(string version, string newest, string oldest, string prefix)
    {
        await using var fake = FakeEngine.Start(version, newest, oldest);
        await using var services = Services(fake.Host);

        (await CheckAsync(services)).Version.Should().Be(version);
        await services.GetRequiredService<IDeploymentProvider>().ListReplicasAsync(Guid.NewGuid(), TestContext.Current.CancellationToken);

        fake.Paths.Should().HaveElementAt(0, "/version").And.Contain(path => path.StartsWith($"{prefix}containers/json"));
    }

    [Theory]
    [InlineData("19.03.15", "1.40", "1.12", "Docker Engine 19.03.15 is too old. Install version 20.10 or later.")]
    [InlineData("40.0.0", "1.90", "1.80", "Docker Engine 40.0.0 no longer speaks API version 1.52. Install a newer Nexus.")]
    public async Task An_engine_with_no_version_in_common_is_unavailable(string version, string newest, string oldest, string reason)
    {
        await using var fake = FakeEngine.Start(version, newest, oldest);

        (await ReasonAsync(fake.Host)).Should().Be(reason);
    }

    [Fact]
    public async Task Many_questions_in_a_row_are_one()
    {
        await using var fake = FakeEngine.Start("29.4.1", "1.54", "1.44");
        await using var services = Services(fake.Host);

        for (var question = 0; question < 10; question++) await CheckAsync(services);

        fake.Paths.Should().ContainSingle(path => path == "/version");
    }

    [Fact]
    public async Task Every_call_to_an_engine_that_is_gone_says_the_same_and_may_be_tried_again()
    {
        using var folder = new TemporaryFolder();
        var host = $"unix://{folder.At("docker.sock")}";
        await using var services = Services(host);

        var list = () => services.GetRequiredService<IDeploymentProvider>().ListReplicasAsync(Guid.NewGuid(), CancellationToken.None);

        var failure = (await list.Should().ThrowAsync<ProviderException>()).Which;
        (failure.Code, failure.Transient).Should().Be(("PROVIDER_UNAVAILABLE", true));
        failure.Message.Should().Be(await ReasonAsync(host));
    }

    private static async Task<string?> ReasonAsync(string host)
    {
        await using var services = Services(host);
        var availability = await CheckAsync(services);
        availability.Available.Should().BeFalse();
        return availability.Reason;
    }

    private static Task<ProviderAvailability> CheckAsync(ServiceProvider services) =>
        services.GetRequiredService<IDeploymentProvider>().CheckAsync(TestContext.Current.CancellationToken);

    private static ServiceProvider Services(string host) =>
        new ServiceCollection().AddDockerProvider(new DockerOptions { Host = host }).BuildServiceProvider();
}
