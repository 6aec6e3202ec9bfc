using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Tokens;

public sealed class RevocationTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task Revoking_a_refresh_token_ends_its_whole_authorization()
    {
        var (server, agent, tokens) = await ConnectAsync();
        (await PostAsync(agent, "/oauth/revoke", ("token", tokens.RefreshToken))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        await Poll.UntilAsync(
            async () => (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant is null, "refusal");
    }

    [Fact]
    public async Task Revoking_an_access_token_ends_only_that()
    {
        var (server, agent, tokens) = await ConnectAsync();
        (await PostAsync(agent, "/oauth/revoke", ("token", tokens.AccessToken), ("token_type_hint", "access_token"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Problem.Should().Be("the access token is revoked");
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Revoking_a_used_refresh_token_ends_its_whole_authorization_too()
    {
        var (_, agent, tokens) = await ConnectAsync();
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        (await PostAsync(agent, "/oauth/revoke", ("token", tokens.RefreshToken))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await agent.RefreshAsync(next.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task An_unknown_token_is_as_good_as_revoked()
    {
        var (_, agent, _) = await ConnectAsync();
        (await PostAsync(agent, "/oauth/revoke", ("token", "nonsense"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_client_can_not_revoke_it()
    {
        var (server, _, tokens) = await ConnectAsync();
        var other = await Agent.RegisterAsync(server);
        await PostAsync(other, "/oauth/revoke", ("token", tokens.RefreshToken));
        await PostAsync(other, "/oauth/revoke", ("token", tokens.AccessToken));
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant.Should().NotBeNull();
    }

    [Theory]
    [InlineData(null, "some-token", HttpStatusCode.BadRequest)]
    [InlineData("unknown", "some-token", HttpStatusCode.Unauthorized)]
    [InlineData("", null, HttpStatusCode.BadRequest)]
    public async Task A_bad_revocation_is_refused(string? clientId, string? token, HttpStatusCode status)
    {
        var (_, agent, _) = await ConnectAsync();
        var response = await PostAsync(agent, "/oauth/revoke", ("client_id", clientId == "" ? agent.ClientId : clientId), ("token", token));
        ((int)response.StatusCode).Should().BeOneOf((int)status, 401);
    }

    [Fact]
    public async Task A_confidential_client_introspects_its_own_tokens()
    {
        var agent = await ConfidentialAsync();
        var tokens = await agent.ConnectAsync();
        var access = await IntrospectAsync(agent, tokens.AccessToken);
        access["active"]!.GetValue<bool>().Should().BeTrue();
        access["iss"]!.GetValue<string>().Should().Be(AuthServer.Issuer);
        access["scope"]!.GetValue<string>().Split(' ').Should().BeEquivalentTo(Agent.AllScopes.Split(' '));
        access["client_id"]!.GetValue<string>().Should().Be(agent.ClientId);
        access["aud"]!.GetValue<string>().Should().Be(AuthServer.Resource);
        access["sub"].Should().NotBeNull();
        (await IntrospectAsync(agent, tokens.RefreshToken))["active"]!.GetValue<bool>().Should().BeTrue();

        await PostAsync(agent, "/oauth/revoke", ("token", tokens.RefreshToken));
        (await IntrospectAsync(agent, tokens.AccessToken))["active"]!.GetValue<bool>().Should().BeFalse();
        (await IntrospectAsync(agent, tokens.RefreshToken))["active"]!.GetValue<bool>().Should().BeFalse();
        (await IntrospectAsync(agent, "nonsense"))["active"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task Introspection_tells_nothing_of_other_clients_tokens()
    {
        var (_, _, tokens) = await ConnectAsync();
        var agent = await ConfidentialAsync();
        (await IntrospectAsync(agent, tokens.AccessToken))["active"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task A_token_that_is_not_for_introspection_is_not_active_and_no_error()
    {
        var agent = await ConfidentialAsync();
        var tokens = await agent.ConnectAsync(("scope", "openid deployments:read"));
        var identity = await PostAsync(agent, "/oauth/introspect", ("token", tokens.Text("id_token")));
        identity.StatusCode.Should().Be(HttpStatusCode.OK);
        (await identity.Content.ReadAsStringAsync()).Should().Be("{\"active\":false}");
    }

    [Fact]
    public async Task Introspection_is_for_clients_that_prove_themselves()
    {
        var (_, agent, tokens) = await ConnectAsync();
        var response = await PostAsync(agent, "/oauth/introspect", ("token", tokens.AccessToken));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TokenAnswer.ReadAsync(response)).Error.Should().Be("unauthorized_client");
    }

    private async Task<(AuthServer Server, Agent Agent, TokenAnswer Tokens)> ConnectAsync()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        return (server, agent, await agent.ConnectAsync());
    }

    private async Task<Agent> ConfidentialAsync()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata =>
        {
            metadata["token_endpoint_auth_method"] = "client_secret_basic";
            metadata["scope"] = Agent.AllScopes + " openid";
        });
        var credentials = $"{agent.ClientId}:{agent.Registration["client_secret"]!.GetValue<string>()}";
        agent.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        return agent;
    }

    private static async Task<JsonObject> IntrospectAsync(Agent agent, string token) =>
        (await TokenAnswer.ReadAsync(await PostAsync(agent, "/oauth/introspect", ("token", token)))).Body;

    private static Task<HttpResponseMessage> PostAsync(Agent agent, string path, params (string Name, string? Value)[] fields) =>
        agent.Http.PostAsync(path, Agent.Form([("client_id", agent.ClientId), .. fields]));
}
