using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Usage;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

public sealed class UsageToolTests : IAsyncLifetime
{
    private const string Tool = "nexusai_usage_stats";

    /// <summary>Its own, as others count there.</summary>
    private readonly McpServerFixture _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    [Fact]
    public async Task Calls_are_counted_by_tool_and_client_and_failed_ones_apart()
    {
        await _server.CallAsync("nexusai_whoami");
        await _server.CallAsync("nexusai_whoami");
        await _server.FailAsync("nexusai_deploy_status", new { deploymentId = "no-such" });
        await _server.FailAsync("nexusai_deploy_status", new { wrong = true });
        await _server.FailAsync("nexusai_deploy_stop", new { deploymentId = "x" }, _server.Tokens.Issue(_server.Owner.UserId, _server.Owner.OrganizationId));

        var stats = await _server.CallAsync(Tool, new { period = "7d" });

        await _server.ShouldFitAsync(Tool, stats);
        var calls = stats.GetProperty("toolCalls");
        calls.GetProperty("total").GetInt32().Should().Be(5);
        calls.GetProperty("failed").GetInt32().Should().Be(3);
        Counts(calls, "byTool").Should().Equal(new Dictionary<string, int>
        {
            ["nexusai_deploy_status"] = 2,
            ["nexusai_whoami"] = 2,
            ["nexusai_deploy_stop"] = 1,
        });
        Counts(calls, "failedByTool").Should().Equal(new Dictionary<string, int> { ["nexusai_deploy_status"] = 2, ["nexusai_deploy_stop"] = 1 });
        Counts(calls, "byClientId").Should().Equal(new Dictionary<string, int> { ["test-client"] = 5 });
    }

    [Fact]
    public async Task A_name_that_is_no_tool_is_not_counted()
    {
        await _server.PostAsync(Messages.Call("nexusai_" + new string('x', 5000)));

        (await _server.CallAsync(Tool)).GetProperty("toolCalls").GetProperty("total").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Of_many_clients_the_busiest_are_named_and_the_others_counted()
    {
        var meter = _server.Services.GetRequiredService<ToolCallMeter>();
        foreach (var number in Enumerable.Range(1, 30))
            foreach (var _ in Enumerable.Range(0, number))
                meter.Count(Actor(_server.Owner) with { ClientId = $"client-{number}" }, "tool", failed: false);

        var calls = (await _server.CallAsync(Tool)).GetProperty("toolCalls");

        Counts(calls, "byClientId").Should().HaveCount(20).And.ContainKey("client-30").And.NotContainKey("client-10");
        calls.GetProperty("furtherClients").GetInt32().Should().Be(10);
    }

    [Fact]
    public async Task What_runs_now_is_told_in_cores_and_mebibytes()
    {
        foreach (var name in new[] { "secret-web", "secret-idle" })
            await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:latest", port = 80, name });
        await using (var db = await _server.OpenDatabaseAsync())
            await db.Deployments.Where(deployment => deployment.Name == "secret-web").ExecuteUpdateAsync(set => set
                .SetProperty(one => one.Status, DeploymentStatus.Running).SetProperty(one => one.ReadyReplicas, 1));
        _server.Provider.Printed = [new(DateTimeOffset.UnixEpoch, "stdout", "it runs")];

        var stats = await _server.CallAsync(Tool);

        await _server.ShouldFitAsync(Tool, stats);
        stats.GetProperty("now").ToString().Should().Be("""{"deployments":{"QUEUED":1,"RUNNING":1},"replicas":1,"cpus":0.25,"memoryMiB":64}""");
        stats.ToString().Should().NotContain("secret-").And.NotContain(_server.Owner.Email);
        (await _server.CallAsync(Tool, null, await StrangerAsync())).GetProperty("now").GetProperty("deployments").EnumerateObject().Should().BeEmpty();
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        await _server.CallAsync("nexusai_whoami");
        var stats = await _server.CallAsync(Tool, null, await StrangerAsync());

        stats.GetProperty("toolCalls").GetProperty("total").GetInt32().Should().Be(0);
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.BillingManager, true)]
    [InlineData(Role.DeploymentManager, false)]
    [InlineData(Role.Member, false)]
    public async Task It_takes_the_permission_to_view_usage(Role role, bool allowed)
    {
        var token = await _server.JoinAsync(role);

        if (allowed) await _server.CallAsync(Tool, null, token);
        else (await _server.FailAsync(Tool, null, token)).Code.Should().Be("PERMISSION_DENIED");
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("TODAY")]
    [InlineData("")]
    [InlineData(7)]
    public async Task A_wrong_period_is_told_with_those_that_there_are(object period)
    {
        var failure = await _server.FailAsync(Tool, new { period });

        failure.Code.Should().Be("INVALID_ARGUMENTS");
        failure.Field.Should().Be("period");
        failure.Message.Should().Contain("today, 7d, 30d, month, last_month");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Dictionary<string, int> Counts(JsonElement parent, string name) =>
        parent.GetProperty(name).EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt32());

    /// <summary>A token of another organisation's owner.</summary>
    private async Task<string> StrangerAsync()
    {
        var other = new Organization { Id = Guid.CreateVersion7(), Name = "Other", CreatedAt = DateTimeOffset.UnixEpoch };
        var eve = new Member
        {
            OrganizationId = other.Id,
            UserId = Guid.CreateVersion7(),
            Email = "eve@example.com",
            Name = "Eve",
            Role = Role.Owner,
            JoinedAt = DateTimeOffset.UnixEpoch,
        };
        await using var db = await _server.OpenDatabaseAsync();
        db.AddRange(other, eve);
        await db.SaveChangesAsync();
        return _server.Tokens.Issue(eve.UserId, other.Id, Scopes.DeploymentsRead);
    }

    private static Actor Actor(Membership person) => new()
    {
        UserId = person.UserId,
        Email = "",
        Name = "",
        OrganizationId = person.OrganizationId,
        OrganizationName = "",
        Role = Role.Owner,
        Scopes = new HashSet<string>(),
        AssignedProjects = new HashSet<Guid>(),
        ClientId = "",
        TokenId = "",
        Surface = "mcp",
    };
}
