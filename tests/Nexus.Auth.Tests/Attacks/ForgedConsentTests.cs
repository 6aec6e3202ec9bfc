using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class ForgedConsentTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task A_link_can_not_press_Allow()
    {
        var (agent, _) = await AskAsync();
        var page = await agent.Browser.GoAsync($"/consent?{agent.Query()}&decision=allow&granted=deployments:read");
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain(">Allow<");
        (await agent.Browser.GoAsync(agent.AuthorizeUrl(("prompt", "none")))).LeftFor!.Query.Should().Contain("consent_required", "nothing was remembered");
    }

    [Fact]
    public async Task The_authorization_endpoint_takes_no_decision()
    {
        var (agent, page) = await AskAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/authorize")
        {
            Content = new FormUrlEncodedContent([.. page.Fields(), KeyValuePair.Create("decision", "allow")]),
        };
        var response = await agent.Browser.SendAsync(request);
        response.Headers.Location!.OriginalString.Should().StartWith("/consent?").And.NotContain("decision");
    }

    [Fact]
    public async Task A_form_from_another_site_comes_without_our_cookies_and_leads_to_the_sign_in()
    {
        var (agent, page) = await AskAsync();
        var elsewhere = await new PlainBrowser(await shared.GetAsync()).SubmitAsync(page, ("decision", "allow"));
        elsewhere.LeftFor.Should().BeNull();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl(("prompt", "none")))).LeftFor!.Query.Should().Contain("consent_required");
    }

    [Fact]
    public async Task A_replayed_form_is_worth_nothing_once_the_person_has_signed_out()
    {
        var (agent, page) = await AskAsync();
        (await agent.Browser.SubmitAsync(page, ("decision", "allow"))).LeftFor.Should().NotBeNull();
        await agent.Browser.SubmitAsync(await agent.Browser.GoAsync("/sign-in"));
        var replayed = await agent.Browser.SubmitAsync(page, ("decision", "allow"));
        replayed.LeftFor.Should().BeNull();
    }

    [Fact]
    public async Task A_form_changed_on_the_way_to_more_scopes_grants_only_what_is_asked_and_offered()
    {
        var (agent, page) = await AskAsync(("scope", "deployments:read"));
        var left = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("scope", "deployments:read nonsense"));
        new Answer(left.LeftFor!).Error.Should().Be("invalid_scope");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    [InlineData("/oauth/authorize")]
    [InlineData("/set-up")]
    [InlineData("/oauth/errors")]
    public async Task No_page_can_be_framed_whatever_it_answers(string path)
    {
        var response = await (await shared.GetAsync()).NewClient().GetAsync(path);
        response.Headers.GetValues("X-Frame-Options").Should().Equal("DENY");
        response.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'");
        response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_logo_is_never_fetched_and_never_shown()
    {
        using var internalService = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        internalService.Start();
        var agent = await Agent.RegisterAsync(
            await shared.GetAsync(), metadata => metadata["logo_uri"] = $"http://127.0.0.1:{((IPEndPoint)internalService.LocalEndpoint).Port}/logo.png");
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Html.Should().Contain(">Allow<").And.NotContain("<img").And.NotContain("logo.png");
        internalService.Pending().Should().BeFalse();
    }

    private async Task<(Agent Agent, Page Page)> AskAsync(params (string Name, string? Value)[] changes)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl(changes)));
        page.Path.Should().Be("/consent");
        return (agent, page);
    }
}
