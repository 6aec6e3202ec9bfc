using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Discovery;

public sealed class UserInfoTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("/oauth/me")]
    [InlineData("/api/oauth/me")]
    public async Task It_says_who_where_through_whom_and_what(string path)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var tokens = await agent.ConnectAsync();
        var (response, body) = await FirstParty.SendAsync(agent.Http, HttpMethod.Get, path, tokens.AccessToken);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        body["sub"]!.GetValue<string>().Should().Be(Jwt.Of(tokens.AccessToken).Subject);
        body["email"]!.GetValue<string>().Should().Be(AuthServer.OwnerEmail);
        body["email_verified"]!.GetValue<bool>().Should().BeTrue();
        body["name"]!.GetValue<string>().Should().Be("Ada");
        body["organization"]!["name"]!.GetValue<string>().Should().Be("Engines");
        body["role"]!.GetValue<string>().Should().Be("Owner");
        body["client_id"]!.GetValue<string>().Should().Be(agent.ClientId);
        body["scope"]!.GetValue<string>().Split(' ').Should().BeEquivalentTo(Agent.AllScopes.Split(' '));
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("nonsense", "Bearer error=\"invalid_token\"")]
    [InlineData("nxk_0123456789", "Bearer error=\"invalid_token\"")]
    public async Task Without_a_good_token_it_says_only_that(string? bearer, string challenge)
    {
        var http = (await shared.GetAsync()).NewClient();
        var (response, body) = await FirstParty.SendAsync(http, HttpMethod.Get, "/oauth/me", bearer);
        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().Should().StartWith(challenge);
        body["error"]!.GetValue<string>().Should().Be("invalid_token");
    }

    [Fact]
    public async Task A_first_party_JWT_is_told_what_is_wanted()
    {
        var server = await shared.GetAsync();
        var (_, body) = await FirstParty.SendAsync(server.NewClient(), HttpMethod.Get, "/oauth/me", await FirstParty.LoginAsync(server));
        body["error_description"]!.GetValue<string>().Should().Contain("/oauth/token");
    }
}
