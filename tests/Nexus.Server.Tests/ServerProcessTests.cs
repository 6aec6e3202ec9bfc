using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

public sealed class ServerProcessTests(Shared<PostgresServer> postgres)
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
    public async Task A_server_on_PostgreSQL_signs_its_owner_in_and_starts_again_on_its_data()
    {
        var database = await (await postgres.GetAsync()).CreateDatabaseAsync();
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions
        {
            Variables = ServerAgent.OwnerVariables.Append(KeyValuePair.Create("Nexus__Database", (string?)database)).ToDictionary(),
        });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();

        await server.KillAsync();
        await server.StartAgainAsync();

        (await agent.CallAsync("nexusai_whoami", new { })).GetProperty("user").GetProperty("email").GetString().Should().Be(ServerAgent.Email);
        File.Exists(Path.Combine(server.Data, "nexus.db")).Should().BeFalse();
    }

    [Fact]
    public async Task Its_address_tells_a_person_how_to_connect_a_client()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions());

        foreach (var path in new[] { "/", "/docs" })
            (await Http.UntilAnswersAsync(new Uri(server.BaseUrl, path))).Should().Contain($"{server.BaseUrl}mcp");
    }

    [Fact]
    public async Task Too_many_requests_get_429_where_the_operator_set_a_limit()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions
        {
            Variables = ServerAgent.OwnerVariables.Append(KeyValuePair.Create("Nexus__Mcp__RequestsPerMinute", (string?)"1")).ToDictionary(),
        });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        await agent.CallAsync("nexusai_whoami", new { });

        var second = () => agent.CallAsync("nexusai_whoami", new { });

        (await second.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*429*Too many requests*");
    }

    [Fact]
    public async Task A_bad_setting_ends_the_start_with_its_name()
    {
        var ended = await NexusServerProcess.RunToEndAsync(new() { Variables = new Dictionary<string, string?> { ["Nexus__Url"] = "not a url" } });

        ended.ExitCode.Should().Be(78);
        ended.Error.Should().Contain("Nexus__Url");
    }
}
