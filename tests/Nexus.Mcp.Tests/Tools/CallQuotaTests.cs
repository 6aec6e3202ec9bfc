using Microsoft.EntityFrameworkCore;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>A plan's calls a day, as a client sees them.</summary>
public sealed class CallQuotaTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new() { Plan = new() { McpCallsPerDay = 2, Replicas = 3, LongestRun = TimeSpan.FromHours(48), Deployments = 5 } };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    [Fact]
    public async Task One_call_too_many_is_a_tool_error_and_the_agent_can_still_see_why()
    {
        await _server.CallAsync("nexusai_projects_list");
        await _server.FailAsync("nexusai_deploy_status", new { deploymentId = "no-such" });

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var refusal = await _server.FailAsync("nexusai_projects_list");
            refusal.Code.Should().Be("QUOTA_EXCEEDED");
            refusal.Hint.Should().Contain("T00:00:00Z");
        }

        await _server.CallAsync("nexusai_whoami");
        var stats = await _server.CallAsync("nexusai_usage_stats");
        await _server.ShouldFitAsync("nexusai_usage_stats", stats);
        var calls = stats.GetProperty("plan").GetProperty("mcpCallsPerDay");
        (calls.GetProperty("limit").GetInt32(), calls.GetProperty("used").GetInt32(), calls.GetProperty("left").GetInt32()).Should().Be((2, 2, 0));
        calls.GetProperty("resetsAt").GetDateTimeOffset().TimeOfDay.Should().Be(TimeSpan.Zero);
        stats.GetProperty("toolCalls").GetProperty("total").GetInt32().Should().Be(3, "what was refused was no use");
        await using var db = await _server.OpenDatabaseAsync();
        (await db.AuditRecords.CountAsync(record => record.Outcome == "QUOTA_EXCEEDED")).Should().Be(1, "a loop of refusals must not fill the audit");
    }

    [Fact]
    public async Task Where_the_count_can_not_be_read_the_error_has_a_correlation_id_and_no_inner_words()
    {
        await using (var db = await _server.OpenDatabaseAsync())
            await db.Database.ExecuteSqlAsync($"""ALTER TABLE "UsageCounts" RENAME TO "Away" """);

        var failure = await _server.FailAsync("nexusai_projects_list");

        failure.Code.Should().Be("INTERNAL_ERROR");
        failure.Message.Should().NotContain("UsageCounts");
        await _server.CallAsync("nexusai_whoami");
    }

    [Fact]
    public async Task The_plan_is_told_with_what_is_left_of_it()
    {
        var plan = (await _server.CallAsync("nexusai_usage_stats")).GetProperty("plan");

        plan.GetProperty("deployments").GetProperty("left").GetInt32().Should().Be(5);
        plan.GetProperty("deployments").TryGetProperty("resetsAt", out _).Should().BeFalse("there is room as soon as one is stopped");
        plan.GetProperty("replicasPerDeployment").GetInt32().Should().Be(3);
        plan.GetProperty("runHours").GetInt32().Should().Be(48);
        plan.GetProperty("memoryMiBPerReplica").GetInt32().Should().Be(512);
        plan.TryGetProperty("auditDays", out _).Should().BeFalse("it has no limit");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
