using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class ForgedTokenTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("HS256 with an empty key")]
    [InlineData("another key with our key's id")]
    [InlineData("unknown kid")]
    [InlineData("changed payload")]
    [InlineData("signature cut off")]
    public async Task A_forged_signature_opens_nothing(string forgery)
    {
        var (server, agent, secret, genuine) = await GenuineAsync();
        var token = Forgery.Forge(server, genuine, forgery);
        await ExpectRefusedAsync(server, agent, token);
        (await IntrospectAsync(agent, secret, token)).Should().Be("{\"active\":false}");
    }

    [Theory]
    [InlineData("exp", "past")]
    [InlineData("nbf", "soon")]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "https://evil.example/mcp")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "nexus-session+jwt")]
    public async Task A_token_that_was_not_made_for_this_here_and_now_opens_nothing(string what, string value)
    {
        var (server, agent, _, genuine) = await GenuineAsync();
        await ExpectRefusedAsync(server, agent, Forgery.SignAnew(server, genuine, what, value));
    }

    [Fact]
    public async Task The_genuine_one_opens_the_resource_and_is_active()
    {
        var (_, agent, secret, genuine) = await GenuineAsync();
        (await AskAsync(agent, genuine)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await IntrospectAsync(agent, secret, genuine)).Should().Contain("\"active\":true");
    }

    private static async Task ExpectRefusedAsync(AuthServer server, Agent agent, string token)
    {
        var resource = await AskAsync(agent, token);
        resource.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        resource.Headers.WwwAuthenticate.ToString().Should().Contain("error=\"invalid_token\"");
        (await server.AccessTokens.ValidateAsync(token, CancellationToken.None)).Grant.Should().BeNull();
        (await FirstParty.SendAsync(agent.Http, HttpMethod.Get, "/api/auth/verify", token)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static Task<HttpResponseMessage> AskAsync(Agent agent, string token) =>
        agent.Http.SendAsync(new(HttpMethod.Get, "/oauth/me") { Headers = { Authorization = new("Bearer", token) } });

    private static async Task<string> IntrospectAsync(Agent agent, string secret, string token)
    {
        var form = Agent.Form(("client_id", agent.ClientId), ("client_secret", secret), ("token", token));
        return await (await agent.Http.PostAsync("/oauth/introspect", form)).Content.ReadAsStringAsync();
    }

    private async Task<(AuthServer Server, Agent Agent, string Secret, string Token)> GenuineAsync()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server, metadata => metadata["token_endpoint_auth_method"] = "client_secret_post");
        var secret = agent.Registration["client_secret"]!.GetValue<string>();
        var tokens = await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", secret));
        return (server, agent, secret, tokens.AccessToken);
    }
}
