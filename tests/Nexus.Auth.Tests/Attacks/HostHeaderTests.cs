using System.Net.Http.Json;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class HostHeaderTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task A_registration_gets_its_address_from_the_issuer()
    {
        var response = await SendAsync(new(HttpMethod.Post, "/register") { Content = JsonContent.Create(Agent.Metadata()) });
        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"{AuthServer.Issuer}/register/").And.NotContain("evil");
    }

    [Fact]
    public async Task An_error_points_at_the_issuers_explanations()
    {
        var response = await SendAsync(new(HttpMethod.Post, "/oauth/token") { Content = Agent.Form(("grant_type", "nonsense")) });
        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"{AuthServer.Issuer}/oauth/errors#").And.NotContain("evil");
    }

    [Fact]
    public async Task The_way_to_the_sign_in_and_the_answer_name_no_host_of_the_request()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var toSignIn = await SendAsync(new(HttpMethod.Get, agent.AuthorizeUrl()));
        toSignIn.Headers.Location!.OriginalString.Should().StartWith("/sign-in?").And.NotContain("evil");
        toSignIn.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).Should().NotContain(cookie => cookie.Contains("evil") || cookie.Contains("domain="));
        (await agent.AuthorizeAsync())["iss"].Should().Be(AuthServer.Issuer);
    }

    [Fact]
    public async Task Tokens_are_from_the_issuer_whatever_the_request_says()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var code = (await agent.AuthorizeAsync()).Code;
        var response = await SendAsync(new(HttpMethod.Post, "/oauth/token")
        {
            Content = Agent.Form(
                ("grant_type", "authorization_code"), ("client_id", agent.ClientId), ("code", code),
                ("redirect_uri", Agent.RedirectUri), ("code_verifier", agent.Verifier)),
        });
        var token = Jwt.Of((await TokenAnswer.ReadAsync(response)).AccessToken);
        token.Issuer.Should().Be(AuthServer.Issuer);
        token.Audiences.Should().Equal(AuthServer.Resource);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("Forwarded", "host=evil.example;proto=http");
        request.Headers.Add("X-Original-URL", "https://evil.example/");
        return await (await shared.GetAsync()).NewClient().SendAsync(request);
    }
}
