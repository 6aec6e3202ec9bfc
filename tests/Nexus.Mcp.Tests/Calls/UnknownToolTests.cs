using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Calls;

public sealed class UnknownToolTests(McpServerFixture server)
{
    [Theory]
    [InlineData("nexusai_deploy_lst", "Did you mean nexusai_deploy_list?")]
    [InlineData("NexusAI_WhoAmI", "Did you mean nexusai_whoami?")]
    [InlineData("deploy_create", "Did you mean nexusai_deploy_create?")]
    [InlineData("make_coffee", "List the tools to see their names.")]
    [InlineData("", "List the tools to see their names.")]
    public async Task An_unknown_tool_is_named_and_the_nearest_known_one_hinted_at(string name, string hint)
    {
        var answer = await server.PostAsync(Messages.Call(name));

        answer.ErrorCode.Should().Be(-32602);
        answer.ErrorMessage.Should().Be($"Unknown tool: {name}");
        answer.Error.GetProperty("data").GetProperty("hint").GetString().Should().Be(hint);
    }

    [Fact]
    public async Task A_name_of_any_length_is_just_unknown()
    {
        (await server.PostAsync(Messages.Call(new string('n', 500_000)))).ErrorCode.Should().Be(-32602);
    }
}
