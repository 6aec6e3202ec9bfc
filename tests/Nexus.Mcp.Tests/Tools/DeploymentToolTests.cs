using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>What changes deployments, over the wire, on a server whose only deployments are these.</summary>
public sealed class DeploymentToolTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task A_deployment_is_created_listed_stopped_started_and_deleted()
    {
        var created = await _server.DoAsync("nexusai_deploy_create", new
        {
            image = "nginx:1.27",
            port = 80,
            name = "web",
            environment = "STAGING",
            envVars = new { A = "1" },
            replicas = 2,
            healthCheckType = "http",
            healthCheckUrl = "/health",
            command = (string[])["nginx", "-g", "daemon off;"],
            autoDestroyHours = 5,
        });
        var deployment = created.GetProperty("deployment");
        deployment.GetProperty("status").GetString().Should().Be("QUEUED");
        deployment.GetProperty("url").GetString().Should().Be("http://web.localhost:8080");
        created.GetProperty("dryRun").GetBoolean().Should().BeFalse();

        var id = deployment.GetProperty("id").GetString();
        var listed = (await _server.DoAsync("nexusai_deploy_list", new { environment = "STAGING" })).GetProperty("deployments");
        listed[0].GetProperty("id").GetString().Should().Be(id);
        listed[0].GetProperty("environment").GetString().Should().Be("STAGING");

        (await _server.DoAsync("nexusai_deploy_stop", new { deploymentId = "web" })).GetProperty("plan").GetArrayLength().Should().Be(1);
        (await _server.DoAsync("nexusai_deploy_start", new { deploymentId = id, expectedRevision = 1 })).GetProperty("plan").GetArrayLength().Should().Be(1);
        (await _server.DoAsync("nexusai_deploy_status", new { deploymentId = "web" })).GetProperty("rollout").GetProperty("outcome").GetString().Should().Be("IN_PROGRESS");
        (await _server.DoAsync("nexusai_deploy_delete", new { deploymentId = id })).GetProperty("deployment").GetProperty("status").GetString().Should().Be("DELETED");

        (await _server.DoAsync("nexusai_deploy_list")).GetProperty("deployments").GetArrayLength().Should().Be(0);
        (await _server.DoAsync("nexusai_deploy_list", new { status = "DELETED" })).GetProperty("deployments").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task A_deployment_is_redeployed_with_overrides_scaled_and_rolled_back()
    {
        var id = (await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web", envVars = new { A = "1" } }))
            .GetProperty("deployment").GetProperty("id").GetGuid();
        await ServeAsync(id);

        var redeployed = await _server.DoAsync("nexusai_deploy_redeploy", new
        {
            deploymentId = "web",
            overrides = new { image = "nginx:1.28", envVars = new { A = (string?)null, B = "2" }, healthCheckType = "http", autoDestroyHours = 3 },
            expectedRevision = 1,
        });

        redeployed.GetProperty("deployment").GetProperty("revision").GetInt32().Should().Be(2);
        Fields(redeployed).Should().Contain(["image", "envVars.A", "envVars.B", "healthCheck", "autoDestroyAt"]);
        Fields(await _server.DoAsync("nexusai_deploy_scale", new { deploymentId = "web", replicas = 3 })).Should().Equal("replicas");
        Fields(await _server.DoAsync("nexusai_deploy_rollback", new { deploymentId = "web", dryRun = true })).Should().Contain("image");
        var back = await _server.DoAsync("nexusai_deploy_rollback", new { deploymentId = "web", targetRevision = 1 });
        back.GetProperty("deployment").GetProperty("revision").GetInt32().Should().Be(3);
    }

    [Theory]
    [InlineData("nexusai_deploy_scale", """{"replicas":0}""", "replicas must be a whole number from 1 to 10, not 0.")]
    [InlineData("nexusai_deploy_scale", """{"replicas":11}""", "replicas must be a whole number from 1 to 10, not 11.")]
    [InlineData("nexusai_deploy_scale", """{"replicas":-1}""", "replicas must be a whole number from 1 to 10, not -1.")]
    [InlineData("nexusai_deploy_scale", """{"replicas":1.5}""", "replicas must be a whole number from 1 to 10, not 1.5.")]
    [InlineData("nexusai_deploy_scale", """{"replicas":"3"}""", "replicas must be a whole number from 1 to 10, not a string.")]
    [InlineData("nexusai_deploy_scale", "{}", "replicas is missing (a whole number from 1 to 10).")]
    [InlineData("nexusai_deploy_rollback", """{"targetRevision":"1"}""", "targetRevision must be a whole number, not a string.")]
    [InlineData("nexusai_deploy_redeploy", """{"overrides":{"imgae":"nginx:1"}}""", "overrides.imgae is not known (did you mean image?).")]
    [InlineData("nexusai_deploy_redeploy", """{"overrides":{"port":"80"}}""", "overrides.port must be a whole number from 1 to 65535, not a string.")]
    [InlineData("nexusai_deploy_redeploy", """{"overrides":{"envVars":{"A":1}}}""", "overrides.envVars.A must be a string, not 1.")]
    [InlineData("nexusai_deploy_redeploy", """{"overrides":"image"}""", "overrides must be an object, not a string.")]
    public async Task Wrong_arguments_of_a_change_are_named_and_change_nothing(string tool, string arguments, string message)
    {
        await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" });
        var asked = JsonNode.Parse(arguments)!.AsObject();
        asked["deploymentId"] = "web";

        var failure = await _server.FailAsync(tool, asked);

        (failure.Code, failure.Message).Should().Be(("INVALID_ARGUMENTS", message));
        failure.Hint.Should().NotBeNullOrEmpty();
        (await _server.DoAsync("nexusai_deploy_status", new { deploymentId = "web" })).GetProperty("deployment").GetProperty("revision").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task A_dry_run_tells_the_plan_and_changes_nothing()
    {
        var planned = await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, dryRun = true });

        planned.GetProperty("dryRun").GetBoolean().Should().BeTrue();
        planned.GetProperty("plan").EnumerateArray().Select(change => change.GetProperty("field").GetString()).Should().Contain("image");
        (await _server.DoAsync("nexusai_deploy_list")).GetProperty("deployments").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task The_same_request_id_gives_the_first_result_again_and_with_other_arguments_a_conflict()
    {
        var first = await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, requestId = "r-1" });
        var again = await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, requestId = "r-1" });
        var other = await _server.FailAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 81, requestId = "r-1" });

        JsonElement.DeepEquals(first, again).Should().BeTrue();
        other.Code.Should().Be("REQUEST_ID_CONFLICT");
    }

    [Fact]
    public async Task What_moved_on_or_is_not_there_is_refused_with_a_hint()
    {
        await _server.DoAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" });

        (await _server.FailAsync("nexusai_deploy_stop", new { deploymentId = "web", expectedRevision = 7 })).Code.Should().Be("REVISION_CONFLICT");
        (await _server.FailAsync("nexusai_deploy_status", new { deploymentId = "wob" })).Code.Should().Be("DEPLOYMENT_NOT_FOUND");
        (await _server.FailAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" })).Hint.Should().Contain("web-2");
        (await _server.FailAsync("nexusai_deploy_create", new { image = "evil:1", port = 80 })).Code.Should().Be("IMAGE_NOT_ALLOWED");
        (await _server.FailAsync("nexusai_deploy_create", new { image = "nginx:1", port = 80, provider = "gcp_cloud_run" })).Code.Should().Be("PROVIDER_UNAVAILABLE");
    }

    private static IEnumerable<string?> Fields(JsonElement change) =>
        change.GetProperty("plan").EnumerateArray().Select(one => one.GetProperty("field").GetString());

    /// <summary>Writes what the reconciler writes when the first revision takes traffic.</summary>
    private async Task ServeAsync(Guid id)
    {
        await using var db = await _server.OpenDatabaseAsync();
        var revision = await db.Revisions.SingleAsync(one => one.DeploymentId == id);
        (revision.ResolvedImage, revision.ServedAt) = ("sha256:1", DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
