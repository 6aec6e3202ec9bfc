using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Authorization;

public sealed class AuthorizationRequestTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code token", "unsupported_response_type")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", "deployments:read everything", "invalid_scope")]
    [InlineData("resource", "https://other.example/mcp", "invalid_target")]
    [InlineData("resource", "https://nexus.example.com/MCP", "invalid_target")]
    [InlineData("resource", "https://nexus.example.com", "invalid_target")]
    [InlineData("resource", "https://nexus.example.com/mcp//", "invalid_target")]
    [InlineData("resource", "https://nexus.example.com/mcp#a", "invalid_target")]
    [InlineData("resource", "nonsense", "invalid_target")]
    [InlineData("prompt", "nonsense", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://client.example/request", "request_uri_not_supported")]
    public async Task A_bad_parameter_is_told_to_the_client_with_state_and_issuer(string name, string? value, string error)
    {
        var agent = await SignedInAgentAsync();
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl((name, value)));
        page.LeftFor.Should().NotBeNull(page.Html);
        var answer = new Answer(page.LeftFor!);
        page.LeftFor!.GetLeftPart(UriPartial.Path).Should().Be(Agent.RedirectUri);
        answer.Error.Should().Be(error);
        answer["error_description"].Should().NotBeNullOrEmpty();
        answer["error_uri"].Should().Be($"{AuthServer.Issuer}/oauth/errors#{error}");
        answer["state"].Should().Be("state-123");
        answer["iss"].Should().Be(AuthServer.Issuer);
        answer.Code.Should().BeNull();
    }

    [Theory]
    [InlineData("client_id", "unknown")]
    [InlineData("client_id", "")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", "https://client.example/Callback")]
    [InlineData("redirect_uri", "https://client.example/callback/")]
    [InlineData("redirect_uri", "https://client.example/callback?extra=1")]
    [InlineData("redirect_uri", "https://client.example/%63allback")]
    [InlineData("redirect_uri", "https://client.example@evil.example/callback")]
    [InlineData("redirect_uri", "https://sub.client.example/callback")]
    [InlineData("redirect_uri", "https://client.example:8443/callback")]
    [InlineData("redirect_uri", "http://client.example/callback")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    public async Task A_bad_client_or_redirect_URI_shows_a_page_and_redirects_nobody(string name, string? value)
    {
        var agent = await NewAgentAsync();
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl((name, value)));
        page.LeftFor.Should().BeNull();
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        page.Response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
    }

    [Fact]
    public async Task A_bad_redirect_URI_stays_untrusted_when_other_things_are_bad_too()
    {
        var agent = await NewAgentAsync();
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", "https://evil.example/"), ("code_challenge", null)));
        page.LeftFor.Should().BeNull();
    }

    [Theory]
    [InlineData("scope", false)]
    [InlineData("state", false)]
    [InlineData("code_challenge", false)]
    [InlineData("redirect_uri", true)]
    [InlineData("client_id", true)]
    public async Task A_repeated_parameter_is_an_invalid_request(string name, bool isPage)
    {
        var agent = await SignedInAgentAsync();
        var page = await agent.Browser.GoAsync($"{agent.AuthorizeUrl()}&{name}=again");
        if (isPage) page.LeftFor.Should().BeNull();
        else new Answer(page.LeftFor!).Error.Should().Be("invalid_request");
    }

    [Fact]
    public async Task A_name_with_a_bracket_that_is_not_closed_is_no_fault()
    {
        var agent = await NewAgentAsync();
        var response = await agent.Http.PostAsync("/oauth/authorize", Agent.Form(("client_id", agent.ClientId), ("https://[::1", "state")));
        ((int)response.StatusCode).Should().BeLessThan(500);
    }

    [Fact]
    public async Task A_NUL_in_a_parameter_is_an_invalid_request_and_no_fault()
    {
        var agent = await NewAgentAsync();
        var response = await agent.Http.GetAsync($"{agent.AuthorizeUrl()}&x=%00");
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("a b+c%20d&e=f#g")]
    [InlineData("ünïcödé ✓ \"'<>")]
    [InlineData("a\r\nLocation: https://evil.example")]
    public async Task State_comes_back_as_it_was(string state)
    {
        var agent = await NewAgentAsync();
        var answer = await agent.AuthorizeAsync(("state", state));
        answer["state"].Should().Be(state);
        answer.Code.Should().NotBeNull();
    }

    [Fact]
    public async Task Without_state_none_comes_back()
    {
        var agent = await NewAgentAsync();
        (await agent.AuthorizeAsync(("state", null)))["state"].Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(AuthServer.Resource)]
    [InlineData(AuthServer.Resource + "/")]
    [InlineData("HTTPS://Nexus.Example.COM/mcp")]
    public async Task The_token_is_for_our_resource_however_it_was_asked(string? resource)
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync(("resource", resource));
        Jwt.Of(tokens.AccessToken).Audiences.Should().Equal(AuthServer.Resource);
    }

    [Fact]
    public async Task The_only_redirect_URI_may_be_left_out()
    {
        var agent = await SignedInAgentAsync();
        new Answer((await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", null), ("scope", "x")))).LeftFor!).Error.Should().Be("invalid_scope");
        new Answer((await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", ""), ("scope", "x")))).LeftFor!).Error.Should().Be("invalid_scope");
        var answer = await agent.AuthorizeAsync(("redirect_uri", null));
        answer.Uri.GetLeftPart(UriPartial.Path).Should().Be(Agent.RedirectUri);
        (await agent.ExchangeAsync(answer.Code!, ("redirect_uri", null))).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_native_app_gets_its_answer_at_the_port_it_listens_on()
    {
        var agent = await Agent.RegisterAsync(
            await shared.GetAsync(), metadata => metadata["redirect_uris"] = new System.Text.Json.Nodes.JsonArray("http://localhost/callback"));
        var answer = await agent.AuthorizeAsync(("redirect_uri", "http://localhost:51234/callback"));
        answer.Uri.Port.Should().Be(51234);
        var tokens = await agent.ExchangeAsync(answer.Code!, ("redirect_uri", "http://localhost:51234/callback"));
        tokens.AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_request_may_be_posted()
    {
        var agent = await NewAgentAsync();
        var body = new StringContent(agent.Query(), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        var response = await agent.Http.PostAsync("/oauth/authorize", body);
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.Should().StartWith("/sign-in?return=");
    }

    [Fact]
    public async Task Other_methods_are_no_faults()
    {
        var agent = await NewAgentAsync();
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            ((int)(await agent.Http.SendAsync(new(method, agent.AuthorizeUrl()))).StatusCode).Should().BeInRange(400, 499);
    }

    private async Task<Agent> SignedInAgentAsync()
    {
        var agent = await NewAgentAsync();
        await agent.SignInAsync(await agent.Browser.GoAsync("/sign-in"));
        return agent;
    }

    private async Task<Agent> NewAgentAsync() => await Agent.RegisterAsync(await shared.GetAsync());
}
