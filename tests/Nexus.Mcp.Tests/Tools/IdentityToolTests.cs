using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>Who one is to the server.</summary>
public sealed class IdentityToolTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task Who_am_i_tells_person_organisation_role_scopes_client_and_tools()
    {
        var me = await _server.DoAsync("nexusai_whoami");

        me.GetProperty("user").GetProperty("email").GetString().Should().Be("owner@example.com");
        me.GetProperty("organization").GetProperty("name").GetString().Should().Be("Example");
        me.GetProperty("role").GetString().Should().Be("Owner");
        me.GetProperty("clientId").GetString().Should().Be("test-client");
        var listed = (await _server.PostAsync(Messages.ListTools)).Json.GetProperty("result").GetProperty("tools");
        me.GetProperty("tools").GetArrayLength().Should().Be(listed.GetArrayLength(), "an owner with every scope may call all");
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
