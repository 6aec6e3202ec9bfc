using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Auth.Tests.Sessions;

namespace Nexus.Auth.Tests.Load;

/// <summary>What requests cost, counted in SQL statements: a number that can't creep up unseen. Three of them are the audit's.</summary>
public sealed class StatementCountTests
{
    [Fact]
    public async Task A_code_costs_eight_statements_at_most()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await WarmAsync(server);
        var session = await FirstParty.LoginAsync(server);
        server.Statements.Take();
        var (response, _) = await BridgeTests.MintAsync(agent, session);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Expect(server, 8);
    }

    [Fact]
    public async Task A_code_exchange_costs_nine_statements_at_most()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await WarmAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        server.Statements.Take();
        (await agent.ExchangeAsync(code)).Error.Should().BeNull();
        Expect(server, 9);
    }

    [Fact]
    public async Task A_refresh_costs_nine_statements_at_most_however_long_its_line_is()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await WarmAsync(server);
        var tokens = await agent.ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            server.Statements.Take();
            tokens = await agent.RefreshAsync(tokens.RefreshToken);
            Expect(server, 9);
        }
    }

    [Fact]
    public async Task A_registration_costs_five_statements_at_most()
    {
        await using var server = await AuthServer.StartAsync();
        await WarmAsync(server);
        server.Statements.Take();
        await Agent.RegisterAsync(server);
        Expect(server, 5);
    }

    [Fact]
    public async Task An_introspection_costs_two_statements_at_most()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server, metadata => metadata["token_endpoint_auth_method"] = "client_secret_post");
        var secret = agent.Registration["client_secret"]!.GetValue<string>();
        var tokens = await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", secret));
        server.Statements.Take();
        var response = await agent.Http.PostAsync(
            "/oauth/introspect", Agent.Form(("client_id", agent.ClientId), ("client_secret", secret), ("token", tokens.AccessToken)));
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"active\":true");
        Expect(server, 2);
    }

    private static async Task<Agent> WarmAsync(AuthServer server)
    {
        var agent = await Agent.RegisterAsync(server);
        await agent.ConnectAsync();
        return agent;
    }

    private static void Expect(AuthServer server, int most)
    {
        var statements = server.Statements.Take();
        statements.Count.Should().BeInRange(1, most, "of these:\n{0}", string.Join("\n---\n", statements));
    }
}
