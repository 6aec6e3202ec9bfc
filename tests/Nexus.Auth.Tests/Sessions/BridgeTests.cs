using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Sessions;

public sealed class BridgeTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task A_first_party_JWT_mints_a_code_that_is_exchanged_as_any()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var (response, body) = await MintAsync(agent, await FirstParty.LoginAsync(server));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        body["state"]!.GetValue<string>().Should().Be("state-123");
        body["iss"]!.GetValue<string>().Should().Be(AuthServer.Issuer);
        body["redirect_uri"]!.GetValue<string>().Should().Be(Agent.RedirectUri);

        var tokens = await agent.ExchangeAsync(body["code"]!.GetValue<string>());
        tokens.Text("scope").Should().Be("deployments:read deployments:logs");
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant.Should().NotBeNull();
        (await agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_mints_codes()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server, metadata => metadata["scope"] = "openid");
        var tokens = await agent.ConnectAsync(("scope", "openid"));
        foreach (var bearer in new[] { null, "nonsense", "nxk_0123456789", tokens.AccessToken, tokens.Text("id_token") })
        {
            var (response, body) = await MintAsync(agent, bearer);
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.Should().ContainSingle();
            body["error"]!.GetValue<string>().Should().Be("invalid_token");
        }
    }

    [Fact]
    public async Task A_browsers_session_is_not_enough()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.AuthorizeAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/authorize/code")
        {
            Content = new StringContent(agent.Query(), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        (await agent.Browser.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await agent.Browser.SendAsync(new(HttpMethod.Get, "/oauth/authorize/code?" + agent.Query()))).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task After_logging_out_the_JWT_mints_no_more()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var jwt = await FirstParty.LoginAsync(server);
        await FirstParty.SendAsync(agent.Http, HttpMethod.Post, "/api/auth/logout", jwt);
        (await MintAsync(agent, jwt)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("client_id", "unknown", "invalid_request")]
    [InlineData("redirect_uri", "https://evil.example/", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("resource", "https://other.example/", "invalid_target")]
    public async Task A_bad_request_is_told_as_JSON(string name, string? value, string error)
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var (response, body) = await MintAsync(agent, await FirstParty.LoginAsync(server), (name, value));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().Should().Be(error);
        body["error_description"]!.GetValue<string>().Should().NotBeEmpty();
        body["iss"]!.GetValue<string>().Should().Be(AuthServer.Issuer);
        body.ContainsKey("code").Should().BeFalse();
    }

    internal static Task<(HttpResponseMessage Response, System.Text.Json.Nodes.JsonObject Body)> MintAsync(
        Agent agent, string? bearer, params (string Name, string? Value)[] changes)
    {
        var body = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = agent.ClientId,
            ["redirect_uri"] = Agent.RedirectUri,
            ["scope"] = "deployments:read deployments:logs",
            ["code_challenge"] = agent.Challenge,
            ["code_challenge_method"] = "S256",
            ["state"] = "state-123",
        };
        foreach (var (name, value) in changes) body[name] = value;
        return FirstParty.SendAsync(agent.Http, HttpMethod.Post, "/oauth/authorize/code", bearer, body);
    }
}
