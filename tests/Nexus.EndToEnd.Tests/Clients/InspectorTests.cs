using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>MCP Inspector's command line.</summary>
public sealed class InspectorTests(Shared<Stage> shared)
{
    [Fact]
    public async Task The_inspector_deploys_with_a_token_that_it_is_given()
    {
        var stage = await shared.GetAsync();
        using var bridge = new Bridge(stage.Server.BaseUrl);
        await using var inspector = new InspectorAgent(stage, await bridge.GetAccessTokenAsync());

        await new DeploymentStory(stage, inspector).PlayAsync();
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_finds_no_tool_schema_that_some_client_could_not_use(string era)
    {
        var stage = await shared.GetAsync();
        using var bridge = new Bridge(stage.Server.BaseUrl);
        await using var inspector = new InspectorAgent(stage, await bridge.GetAccessTokenAsync());

        var listed = await inspector.RunAsync("--method", "tools/list", "--strict", "--protocol-era", era);

        listed.ExitCode.Should().Be(0, "{0}", listed.Error);
        listed.Error.Should().BeEmpty();
    }
}
