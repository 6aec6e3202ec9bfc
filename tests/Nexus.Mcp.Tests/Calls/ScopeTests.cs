using Nexus.Core.Access;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Calls;

public sealed class ScopeTests(McpServerFixture server)
{
    /// <summary>The contract's table: each tool and the scope that it needs.</summary>
    public static TheoryData<string, string> Catalog => new()
    {
        { "nexusai_projects_list", "deployments:read" },
        { "nexusai_providers_list", "deployments:read" },
        { "nexusai_deploy_list", "deployments:read" },
        { "nexusai_deploy_status", "deployments:read" },
        { "nexusai_deploy_logs", "deployments:logs" },
        { "nexusai_deploy_create", "deployments:create" },
        { "nexusai_deploy_stop", "deployments:create" },
        { "nexusai_deploy_start", "deployments:create" },
        { "nexusai_deploy_delete", "deployments:delete" },
        { "nexusai_usage_stats", "deployments:read" },
    };

    [Theory]
    [MemberData(nameof(Catalog))]
    public async Task A_tool_without_its_scope_says_which_one_is_missing_and_how_to_step_up(string tool, string scope)
    {
        var token = Token([.. Scopes.All.Where(other => other != scope)]);

        var failure = await server.FailAsync(tool, null, token);

        failure.Code.Should().Be("MISSING_SCOPE");
        failure.Message.Should().Be($"Missing required scope: {scope}");
        failure.Result.GetProperty("_meta").GetProperty("mcp/www_authenticate")[0].GetString()
            .Should().Contain("error=\"insufficient_scope\"").And.Contain($"scope=\"{scope}\"").And.Contain("resource_metadata=");
    }

    [Theory]
    [MemberData(nameof(Catalog))]
    public async Task A_tool_with_its_scope_alone_goes_on_to_its_arguments(string tool, string scope)
    {
        var failure = await server.FailAsync(tool, new { surplus = 1 }, Token(scope));

        failure.Code.Should().Be("INVALID_ARGUMENTS");
    }

    [Fact]
    public async Task Who_am_i_needs_no_scope()
    {
        var me = await server.CallAsync("nexusai_whoami", null, Token());

        me.GetProperty("scopes").GetArrayLength().Should().Be(0);
        me.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()).Should().Equal("nexusai_whoami");
    }

    [Fact]
    public async Task A_token_with_fewer_scopes_still_sees_every_tool_that_it_could_step_up_to()
    {
        var few = await server.PostAsync(Messages.ListTools, Token());
        var all = await server.PostAsync(Messages.ListTools);

        few.Text.Should().Be(all.Text);
    }

    [Fact]
    public async Task A_role_without_the_permission_is_refused_whatever_the_scopes_say()
    {
        var auditor = await server.JoinAsync(Role.Auditor);

        var failure = await server.FailAsync("nexusai_deploy_stop", new { deploymentId = "x" }, auditor);

        failure.Code.Should().Be("PERMISSION_DENIED");
        (await server.CallAsync("nexusai_whoami", null, auditor)).GetProperty("tools").EnumerateArray()
            .Select(tool => tool.GetString()).Should().NotContain("nexusai_deploy_stop").And.Contain("nexusai_deploy_list");
    }

    private string Token(params string[] scopes) => server.Tokens.Issue(server.Owner.UserId, server.Owner.OrganizationId, scopes);
}
