using System.Net;
using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Transport;

public sealed class ModernEraTests(McpServerFixture server)
{
    [Fact]
    public async Task Discover_tells_the_revision_and_the_capabilities()
    {
        var answer = await server.PostAsync(
            Messages.Modern("server/discover"), null, Messages.ModernHeaders("server/discover"));

        answer.Status.Should().Be(HttpStatusCode.OK);
        var result = answer.Json.GetProperty("result");
        result.GetProperty("supportedVersions").EnumerateArray().Select(one => one.GetString()).Should().Equal("2026-07-28");
        result.GetProperty("capabilities").TryGetProperty("tools", out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_tool_is_called_without_a_handshake()
    {
        var answer = await server.PostAsync(
            Messages.Modern("tools/call", new { name = "nexusai_whoami" }), null,
            Messages.ModernHeaders("tools/call", "nexusai_whoami"));

        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/json");
        answer.Json.GetProperty("result").GetProperty("resultType").GetString().Should().Be("complete");
        answer.Text.Should().Contain("owner@example.com");
    }

    [Fact]
    public async Task A_header_that_contradicts_the_body_gets_400()
    {
        var answer = await server.PostAsync(
            Messages.Modern("tools/call", new { name = "nexusai_whoami" }), null,
            Messages.ModernHeaders("tools/call", "nexusai_deploy_list"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be(-32020);
    }

    [Fact]
    public async Task An_unknown_method_gets_404()
    {
        var answer = await server.PostAsync(Messages.Modern("nope"), null, Messages.ModernHeaders("nope"));

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.ErrorCode.Should().Be(-32601);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    public async Task A_method_that_the_revision_left_behind_gets_404_whatever_its_params(string method)
    {
        var answer = await server.PostAsync(Messages.Modern(method), null, Messages.ModernHeaders(method));

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.ErrorCode.Should().Be(-32601);
    }

    [Fact]
    public async Task A_missing_scope_gets_403_with_every_scope_that_the_call_needs()
    {
        var token = server.Tokens.Issue(server.Owner.UserId, server.Owner.OrganizationId, Scopes.DeploymentsRead);

        var answer = await server.PostAsync(
            Messages.Modern("tools/call", new { name = "nexusai_deploy_delete", arguments = new { deploymentId = "x" } }), token,
            Messages.ModernHeaders("tools/call", "nexusai_deploy_delete"));

        answer.Status.Should().Be(HttpStatusCode.Forbidden);
        answer.Header("WWW-Authenticate").Should().StartWith("Bearer error=\"insufficient_scope\"")
            .And.Contain("scope=\"deployments:delete\"")
            .And.Contain("resource_metadata=\"http://localhost:8080/.well-known/oauth-protected-resource/mcp\"");
        answer.ErrorMessage.Should().Be("Missing required scope: deployments:delete");
        answer.Json.GetProperty("id").GetInt32().Should().Be(9);
        answer.Header("Access-Control-Expose-Headers").Should().Contain("WWW-Authenticate");
    }
}
