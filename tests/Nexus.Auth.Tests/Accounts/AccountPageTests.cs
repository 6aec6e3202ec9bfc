using System.Net;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Accounts;

public sealed class AccountPageTests : IAsyncLifetime
{
    private const string NewPassword = "analytical engine";

    private AuthServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await AuthServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_asks_to_sign_in_and_then_says_who_is_there()
    {
        var page = await new PlainBrowser(_server).SignInAsync("/account");
        page.Url.Should().Be("/account");
        page.Html.Should().Contain("Ada").And.Contain(AuthServer.OwnerEmail).And.Contain("Owner of").And.Contain("Engines");
        page.Html.Should().Contain("Nothing acts for you");
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_every_token()
    {
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ConnectAsync();
        var jwt = await FirstParty.LoginAsync(_server);
        var here = new PlainBrowser(_server);
        var page = await here.SignInAsync("/account");

        var done = await here.SubmitAsync(page.Form("Change password"), ("current", AuthServer.OwnerPassword), ("wanted", NewPassword));
        done.Html.Should().Contain("Your password is changed");

        (await here.GoAsync("/account")).Path.Should().Be("/account", "this browser stays signed in");
        (await agent.Browser.GoAsync("/account")).Path.Should().Be("/sign-in");
        (await FirstParty.SendAsync(agent.Http, HttpMethod.Get, "/api/auth/verify", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        await RevokedTokens.ExpectAsync(_server, tokens.AccessToken);
        (await FirstParty.LoginAsync(agent.Http, AuthServer.OwnerEmail, AuthServer.OwnerPassword)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await FirstParty.LoginAsync(agent.Http, AuthServer.OwnerEmail, NewPassword)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("wrong password", NewPassword, "your current password")]
    [InlineData(AuthServer.OwnerPassword, "short", "12 characters")]
    [InlineData("", "", "Fill in both")]
    public async Task A_password_that_cant_be_changed_says_why(string current, string wanted, string problem)
    {
        var browser = new PlainBrowser(_server);
        var page = await browser.SignInAsync("/account");
        var refused = await browser.SubmitAsync(page.Form("Change password"), ("current", current), ("wanted", wanted));
        refused.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        refused.Html.Should().Contain(problem);
        (await new PlainBrowser(_server).SignInAsync("/account")).Path.Should().Be("/account", "the old one is still good");
    }

    [Fact]
    public async Task Guessing_the_current_password_locks_the_account()
    {
        var browser = new PlainBrowser(_server);
        var page = await browser.SignInAsync("/account");
        for (var i = 0; i < 5; i++) page = await browser.SubmitAsync(page.Form("Change password"), ("current", $"guess {i}"), ("wanted", NewPassword));
        page = await browser.SubmitAsync(page.Form("Change password"), ("current", AuthServer.OwnerPassword), ("wanted", NewPassword));
        page.Html.Should().Contain("locked");
    }

    [Fact]
    public async Task It_lists_what_acts_for_the_person()
    {
        var agent = await Agent.RegisterAsync(_server, metadata => metadata["client_uri"] = "https://tools.example/about");
        await agent.ConnectAsync(("scope", "deployments:read deployments:logs"));
        var html = (await agent.Browser.GoAsync("/account")).Html;
        html.Should().Contain("my-mcp-client").And.Contain("unverified").And.Contain("tools.example").And.Contain("last used");
        html.Should().Contain("Read build and runtime logs").And.NotContain("Delete deployments");
    }

    [Fact]
    public async Task Refreshing_counts_as_use()
    {
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ConnectAsync();
        _server.Time.Advance(TimeSpan.FromDays(3));
        await agent.RefreshAsync(tokens.RefreshToken);
        var now = _server.Time.GetUtcNow();
        (await agent.Browser.GoAsync("/account")).Html.Should().Contain($"last used <time datetime=\"{now:yyyy-MM-dd}");
    }

    [Fact]
    public async Task Revoking_ends_the_applications_tokens_and_forgets_the_consent()
    {
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ConnectAsync();
        var other = await Agent.RegisterAsync(_server);
        var others = await other.ConnectAsync();
        (await _server.AccessTokens.ValidateAsync(tokens.AccessToken, default)).Grant.Should().NotBeNull();

        var page = await agent.Browser.GoAsync("/account");
        var key = await ClientKeyAsync(agent);
        page = await agent.Browser.SubmitAsync(page.Form(key));
        page.Html.Should().Contain("Disconnected").And.NotContain(key);

        await RevokedTokens.ExpectAsync(_server, tokens.AccessToken);
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Path.Should().Be("/consent");
        (await other.RefreshAsync(others.RefreshToken)).Error.Should().BeNull("the other application was not meant");
    }

    [Fact]
    public async Task Signing_out_everywhere_leaves_nothing()
    {
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ConnectAsync();
        var here = new PlainBrowser(_server);
        var page = await here.SignInAsync("/account");
        (await here.SubmitAsync(page.Form("Sign out everywhere"))).Path.Should().Be("/sign-in");
        (await here.GoAsync("/account")).Path.Should().Be("/sign-in");
        (await agent.Browser.GoAsync("/account")).Path.Should().Be("/sign-in");
        await RevokedTokens.ExpectAsync(_server, tokens.AccessToken);
    }

    [Theory]
    [InlineData("Password")]
    [InlineData("Revoke")]
    [InlineData("SignOut")]
    [InlineData("SignOutEverywhere")]
    public async Task Nothing_is_changed_without_the_forms_token(string handler)
    {
        var browser = new PlainBrowser(_server);
        await browser.SignInAsync("/account");
        var forged = new HttpRequestMessage(HttpMethod.Post, "/account?handler=" + handler) { Content = new FormUrlEncodedContent([]) };
        (await browser.SendAsync(forged)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await browser.GoAsync("/account")).Path.Should().Be("/account");
    }

    private async Task<string> ClientKeyAsync(Agent agent) => (await Stored.ClientAsync(_server, agent.ClientId)).Id.ToString();
}
