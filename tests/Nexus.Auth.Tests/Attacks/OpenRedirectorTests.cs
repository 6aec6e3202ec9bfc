using System.Net;
using System.Web;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

/// <summary>RFC 9700 §4.11.2: anybody can register a client and send people a link to this server that is wrong on purpose.</summary>
public sealed class OpenRedirectorTests(Shared<AuthServer> shared)
{
    private static readonly (string, string?)[] Wrongs = [("scope", "nonsense"), ("response_type", "token"), ("code_challenge", null), ("resource", "https://other.example/")];

    [Fact]
    public async Task Before_a_sign_in_no_error_sends_the_browser_to_a_stranger_but_a_page_offers_the_way()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        foreach (var wrong in Wrongs)
        {
            var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(wrong));
            page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            page.Response.Headers.Location.Should().BeNull();
            var way = HttpUtility.HtmlDecode(page.Html.Split("<a href=\"")[1].Split('"')[0]);
            var answer = new Answer(new Uri(way));
            way.Should().StartWith(Agent.RedirectUri + "?");
            answer.Error.Should().NotBeNull();
            answer["state"].Should().Be("state-123");
            answer["iss"].Should().Be(AuthServer.Issuer);
        }
    }

    [Fact]
    public async Task After_a_sign_in_the_client_gets_its_error_at_once()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.SignInAsync(await agent.Browser.GoAsync("/sign-in"));
        foreach (var wrong in Wrongs)
            (await agent.Browser.GoAsync(agent.AuthorizeUrl(wrong))).LeftFor!.GetLeftPart(UriPartial.Path).Should().Be(Agent.RedirectUri);
    }

    [Fact]
    public async Task The_operators_own_client_is_trusted_with_errors_before_a_sign_in()
    {
        await using var server = await AuthServer.StartAsync(
            options => options with { StaticClient = new("configured", null, [Agent.RedirectUri]) });
        var agent = await Agent.RegisterAsync(server);
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("client_id", "configured"), ("scope", "nonsense")));
        new Answer(page.LeftFor!).Error.Should().Be("invalid_scope");
    }

    [Fact]
    public async Task An_app_on_this_machine_gets_its_error_before_a_sign_in()
    {
        var agent = await Agent.RegisterAsync(
            await shared.GetAsync(), metadata => metadata["redirect_uris"] = new System.Text.Json.Nodes.JsonArray("http://127.0.0.1/callback"));
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", "http://127.0.0.1:5000/callback"), ("scope", "nonsense")));
        new Answer(page.LeftFor!).Error.Should().Be("invalid_scope");
    }

    [Fact]
    public async Task Whoever_must_see_nothing_gets_the_error_by_the_redirect()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        new Answer((await agent.Browser.GoAsync(agent.AuthorizeUrl(("prompt", "none")))).LeftFor!).Error.Should().Be("login_required");
    }
}
