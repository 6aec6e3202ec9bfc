using System.Net;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Calls;

public sealed class ToolViewTests(McpServerFixture server)
{
    [Fact]
    public async Task A_client_sees_only_the_sets_that_it_names()
    {
        (await NamesAsync(("X-MCP-Toolsets", "identity, secrets"))).Should().Equal(
            "nexusai_whoami", "nexusai_projects_list", "nexusai_providers_list",
            "nexusai_secrets_list", "nexusai_secrets_create", "nexusai_secrets_update", "nexusai_secrets_delete");
    }

    [Fact]
    public async Task A_read_only_client_sees_no_tool_that_changes_something()
    {
        (await NamesAsync(("X-MCP-Readonly", "true"), ("X-MCP-Toolsets", "deployments"))).Should()
            .Equal("nexusai_deploy_list", "nexusai_deploy_status", "nexusai_deploy_logs", "nexusai_deploy_health");
    }

    [Fact]
    public async Task What_a_client_does_not_see_it_can_not_call_either()
    {
        var answer = await server.PostAsync(
            Messages.Call("nexusai_deploy_delete", new { deploymentId = "x" }), null, ("X-MCP-Readonly", "true"));

        answer.ErrorMessage.Should().Be("Unknown tool: nexusai_deploy_delete");
    }

    [Theory]
    [InlineData("X-MCP-Toolsets", "deployments,coffee")]
    [InlineData("X-MCP-Readonly", "maybe")]
    public async Task A_header_that_can_not_be_followed_is_refused_rather_than_ignored(string name, string value)
    {
        (await server.PostAsync(Messages.ListTools, null, (name, value))).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    private async Task<IEnumerable<string?>> NamesAsync(params (string, string)[] headers) =>
        (await server.PostAsync(Messages.ListTools, null, headers)).Json.GetProperty("result").GetProperty("tools")
        .EnumerateArray().Select(tool => tool.GetProperty("name").GetString());
}
