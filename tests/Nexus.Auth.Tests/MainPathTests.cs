using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests;

public sealed class MainPathTests
{
    [Fact]
    public async Task A_client_that_registered_itself_gets_a_token_that_the_resource_accepts()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);

        var answer = await agent.AuthorizeAsync();
        answer["state"].Should().Be("state-123");
        answer["iss"].Should().Be(AuthServer.Issuer);
        var tokens = await agent.ExchangeAsync(answer.Code!);

        var verdict = await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Problem.Should().BeNull();
        verdict.Grant!.ClientId.Should().Be(agent.ClientId);
        verdict.Grant.Scopes.Should().BeEquivalentTo(Agent.AllScopes.Split(' '));
    }
}
