using FluentAssertions;
using Microsoft.Data.Sqlite;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests;

/// <summary>What a server has counted outlives its end, however that comes.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task What_was_written_survives_a_kill_and_a_stop_loses_nothing()
    {
        await using var server = await NexusServerProcess.StartAsync(new NexusServerOptions { Variables = ServerAgent.OwnerVariables });
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        foreach (var _ in Enumerable.Range(0, 7)) await agent.CallAsync("nexusai_whoami", new { });
        await Poll.UntilAsync(() => Stored(server) == 7, "the server to write what it counted");

        await server.KillAsync();
        await server.StartAgainAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await agent.CallAsync("nexusai_whoami", new { });
        (await server.StopAsync()).Should().Be(0);

        Stored(server).Should().Be(10);
        await server.StartAgainAsync();
        var stats = await agent.CallAsync("nexusai_usage_stats", new { period = "7d" });
        stats.GetProperty("toolCalls").GetProperty("byTool").GetProperty("nexusai_whoami").GetInt32().Should().Be(10);
    }

    private static long Stored(NexusServerProcess server)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data, "nexus.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COALESCE(SUM("Amount"), 0) FROM "UsageCounts" WHERE "Measure" = 'ToolCalls'""";
        return (long)command.ExecuteScalar()!;
    }
}
