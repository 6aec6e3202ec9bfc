using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary><c>@modelcontextprotocol/client</c>, version 2.</summary>
public sealed class TypeScriptClientTests(Shared<Stage> shared) : SignInTests(shared, "TypeScript client")
{
    private readonly Shared<Stage> _shared = shared;

    [Fact]
    public async Task A_client_that_looks_for_the_newest_revision_first_signs_in_and_calls()
    {
        var stage = await _shared.GetAsync();
        await using var agent = await TypeScriptAgent.ConnectAsync("client", stage, new("TypeScript explorer", stage.Owner.AllowAsync), era: "auto");

        (await agent.ListToolsAsync()).Should().Contain("nexusai_deploy_create");
        (await agent.CallAsync("nexusai_whoami")).Data.GetProperty("role").GetString().Should().Be("Owner");
    }

    private protected override async Task<ISignedInAgent> ConnectAsync(Stage stage, SignInWish wish, string? revision = null) =>
        await TypeScriptAgent.ConnectAsync("client", stage, wish);
}
