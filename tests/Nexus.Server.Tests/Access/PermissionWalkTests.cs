using System.Text.Json.Nodes;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Access;

/// <summary>
/// Every role and every single scope at every tool of the catalog, with tokens from the authorization server and people from the
/// pages. The table is the contract's; a tool that isn't in it fails until somebody says who may call it.
/// </summary>
public sealed class PermissionWalkTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["Owner", "Admin", "DeploymentManager", "Member", "Auditor", "BillingManager"];

    private static readonly Dictionary<string, (string? Scope, string Roles)> Expected = """
        whoami             none                x x x x x x
        projects_list      deployments:read    x x x x x x
        providers_list     deployments:read    x x x x x x
        deploy_list        deployments:read    x x x x x .
        deploy_status      deployments:read    x x x x x .
        deploy_logs        deployments:logs    x x x x x .
        deploy_create      deployments:create  x x x x . .
        deploy_source      deployments:create  x x x x . .
        deploy_redeploy    deployments:create  x x x x . .
        deploy_rollback    deployments:create  x x x x . .
        deploy_stop        deployments:create  x x x x . .
        deploy_start       deployments:create  x x x x . .
        deploy_scale       deployments:create  x x x x . .
        deploy_health      deployments:read    x x x x x .
        deploy_delete      deployments:delete  x x x x . .
        secrets_list       deployments:read    x x x x . .
        secrets_create     deployments:create  x x x x . .
        secrets_update     deployments:create  x x x x . .
        secrets_delete     deployments:delete  x x x x . .
        domains_list       deployments:read    x x x x x .
        domains_add        deployments:create  x x x . . .
        domains_verify     deployments:create  x x x . . .
        domains_remove     deployments:delete  x x x . . .
        usage_stats        deployments:read    x x . . x x
        db_source_list     databases:read      x x x x x .
        db_source_connect  databases:write     x x x x . .
        db_source_delete   databases:write     x x x x . .
        db_inspect_schema  databases:read      x x x x x .
        db_query_preview   databases:read      x x x x x .
        db_query_execute   databases:read      x x x x x .
        db_propose_fix     databases:read      x x x x x .
        db_apply_fix       databases:write     x x x x . .
        """.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(
            parts => $"nexusai_{parts[0]}", parts => (parts[1] == "none" ? null : parts[1], string.Concat(parts[2..])));

    private NexusServerProcess _server = null!;
    private ServerAgent _owner = null!;
    private IReadOnlyList<JsonNode> _tools = [];

    [Fact]
    public async Task A_role_may_call_what_the_contract_says_and_nothing_else()
    {
        using var manager = new PageVisitor(_server.BaseUrl);
        await manager.SignInAsync();
        foreach (var (column, role) in Roles.Index())
        {
            using var agent = role == "Owner" ? _owner : await AgentOfAsync(manager, role);
            foreach (var (name, tool) in Named())
            {
                var code = await agent.CodeAsync(name, ToolSamples.For(tool));

                if (Expected[name].Roles[column] == 'x') ShouldGetIn(code, $"{role} at {name}");
                else code.Should().Be("PERMISSION_DENIED", "of {0} at {1}", role, name);
            }

            var allowed = (await agent.CallAsync("nexusai_whoami", new { })).GetProperty("tools").EnumerateArray().Select(tool => tool.GetString());
            allowed.Should().BeEquivalentTo(Named().Select(tool => tool.Name).Where(name => Expected[name].Roles[column] == 'x'), "whoami tells a {0}", role);
        }
    }

    [Fact]
    public async Task A_token_with_one_scope_opens_the_tools_of_that_scope_and_no_other()
    {
        foreach (var scope in ServerAgent.Scope.Split(' ').Append("openid"))
        {
            using var agent = new ServerAgent(_server.BaseUrl, scope: scope);
            await agent.SignInAsync();
            foreach (var (name, tool) in Named())
            {
                var code = await agent.CodeAsync(name, ToolSamples.For(tool));

                if (Expected[name].Scope is null || Expected[name].Scope == scope) ShouldGetIn(code, $"{scope} at {name}");
                else code.Should().Be("MISSING_SCOPE", "of {0} at {1}", scope, name);
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        _server = await NexusServerProcess.StartAsync(new NexusServerOptions { Variables = ServerAgent.OwnerVariables });
        _owner = new ServerAgent(_server.BaseUrl);
        await _owner.SignInAsync();
        _tools = await _owner.ToolsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    private IEnumerable<(string Name, JsonNode Tool)> Named()
    {
        foreach (var tool in _tools)
        {
            var name = tool["name"]!.GetValue<string>();
            Expected.Should().ContainKey(name, "somebody has to say who may call it");
            yield return (name, tool);
        }
    }

    /// <summary>Somebody who joined as Admin and allowed every scope, and has another role since: only the role is left to refuse them.</summary>
    private async Task<ServerAgent> AgentOfAsync(PageVisitor manager, string role)
    {
        var email = $"{role}@example.com".ToLowerInvariant();
        await manager.InviteAsync(_server.BaseUrl, email, "Admin");
        var agent = new ServerAgent(_server.BaseUrl, email);
        await agent.SignInAsync();
        var member = await manager.MemberAsync(email.Split('@')[0]);
        await manager.SubmitAsync("/people", "Role", ("member", $"{member}"), ("role", role));
        return agent;
    }

    /// <summary>It came past who may; what it asked for isn't there.</summary>
    private static void ShouldGetIn(string? code, string who)
    {
        string[] refusals = ["PERMISSION_DENIED", "MISSING_SCOPE", "INVALID_ARGUMENTS", "INTERNAL_ERROR"];
        refusals.Should().NotContain(code, "of {0}", who);
    }
}
