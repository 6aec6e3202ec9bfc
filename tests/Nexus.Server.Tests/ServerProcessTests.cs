using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task A_server_is_ready_stops_gracefully_and_starts_again_on_its_data()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions());
        var files = Directory.GetFiles(server.Data).Length;

        (await server.StopAsync()).Should().Be(0);
        await server.StartAgainAsync();

        files.Should().BePositive();
        (await Http.UntilAnswersAsync(new Uri(server.BaseUrl, "/health/ready"))).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_server_that_was_killed_starts_again_on_its_data()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions());

        await server.KillAsync();
        await server.StartAgainAsync();

        (await server.StopAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_bad_setting_ends_the_start_with_its_name()
    {
        var ended = await NexusServerProcess.RunToEndAsync(new() { Variables = new Dictionary<string, string?> { ["Nexus__Url"] = "not a url" } });

        ended.ExitCode.Should().Be(78);
        ended.Error.Should().Contain("Nexus__Url");
    }
}
