using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Pages;

public sealed class PageTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/consent")]
    [InlineData("/set-up")]
    [InlineData("/account")]
    [InlineData("/account/two-factor")]
    [InlineData("/account/passkeys")]
    [InlineData("/people")]
    [InlineData("/service-accounts")]
    [InlineData("/join")]
    [InlineData("/sign-in/code")]
    [InlineData("/oauth/authorize")]
    [InlineData("/oauth/errors")]
    public async Task Pages_forbid_scripts_frames_and_referrers(string path)
    {
        var response = await (await shared.GetAsync()).NewClient().GetAsync(path);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        if (path is "/sign-in") policy = policy.Replace("script-src 'self'; connect-src 'self'; ", "");
        policy.Should().StartWith("default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        response.Headers.GetValues("X-Frame-Options").Should().Equal("DENY");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        var html = await response.Content.ReadAsStringAsync();
        html.Should().NotContain("<script>").And.NotContain("style=").And.NotContain("<style");
        if (response.StatusCode is not HttpStatusCode.Redirect) html.Should().Contain("rel=\"stylesheet\"");
    }

    [Fact]
    public async Task The_style_sheet_is_served()
    {
        var http = (await shared.GetAsync()).NewClient();
        var html = await http.GetStringAsync("/sign-in");
        var path = html.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];
        var response = await http.GetAsync(path);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/css");
        response.Headers.CacheControl!.MaxAge.Should().BeGreaterThan(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Forms_may_lead_to_the_client_and_nowhere_else()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var signIn = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        Policy(signIn).Should().EndWith("form-action 'self' https://client.example:443");
        Policy(await agent.SignInAsync(signIn)).Should().EndWith("form-action 'self' https://client.example:443");
    }

    [Theory]
    [InlineData("cursor://anysphere.cursor-retrieval/callback", "cursor:")]
    [InlineData("http://127.0.0.1:4000/callback", "http://127.0.0.1:4000")]
    [InlineData("http://[::1]:4000/callback", "http:")]
    public async Task Forms_may_lead_to_native_apps(string redirectUri, string source)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["redirect_uris"] = new System.Text.Json.Nodes.JsonArray(redirectUri));
        Policy(await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", redirectUri)))).Should().EndWith("form-action 'self' " + source);
        (await agent.AuthorizeAsync(("redirect_uri", redirectUri))).Uri.OriginalString.Should().StartWith(redirectUri);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/oauth/authorize/../../sign-in")]
    [InlineData("/oauth/authorize@evil.example?")]
    [InlineData("https://nexus.example.com/oauth/authorize?")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/account@evil.example")]
    [InlineData("/account\r\nx: y")]
    [InlineData("/join//evil.example")]
    public async Task Signing_in_leads_nowhere_but_to_pages_of_ours(string target)
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        var page = await browser.GoAsync("/sign-in?return=" + Uri.EscapeDataString(target));
        page = await browser.SubmitAsync(page, ("return", target), ("Email", AuthServer.OwnerEmail), ("Password", AuthServer.OwnerPassword));
        page.LeftFor.Should().BeNull();
        page.Url.Should().Be("/account");
    }

    [Fact]
    public async Task A_return_address_without_a_client_is_no_fault()
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        (await browser.GoAsync("/sign-in?return=%2Foauth%2Fauthorize%3Fx%3D1")).Response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_in_without_the_forms_token_is_refused()
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        var page = await browser.GoAsync("/sign-in");
        page = await browser.SubmitAsync(page, ("__RequestVerificationToken", "forged"), ("Email", AuthServer.OwnerEmail), ("Password", AuthServer.OwnerPassword));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(AuthServer.OwnerEmail, "wrong password")]
    [InlineData("nobody@example.com", "wrong password")]
    [InlineData("", "")]
    [InlineData("a\0b", "c")]
    public async Task A_failed_sign_in_says_the_same_whatever_the_cause(string email, string password)
    {
        await using var server = await AuthServer.StartAsync();
        var browser = new PlainBrowser(server);
        var page = await browser.SubmitAsync(await browser.GoAsync("/sign-in"), ("Email", email), ("Password", password));
        if (email.Contains('\0', StringComparison.Ordinal)) page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        else
        {
            page.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            page.Html.Should().Contain("password don&#x27;t match, or the account is locked");
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_browsers_session()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        await agent.AuthorizeAsync();
        var page = await agent.Browser.GoAsync("/sign-in");
        page.Url.Should().Be("/account");
        await agent.Browser.SubmitAsync(page.Form("Sign out"));
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Path.Should().Be("/sign-in");
    }

    [Fact]
    public async Task Cookies_are_for_this_host_over_TLS_and_not_for_scripts()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        var cookies = page.Response.Headers.GetValues("Set-Cookie").ToList();
        cookies.Should().OnlyContain(cookie => cookie.StartsWith("__Host-nexus-") && cookie.Contains("; secure") && cookie.Contains("; httponly") && cookie.Contains("; path=/"));
    }

    private static string Policy(Page page) => page.Response.Headers.GetValues("Content-Security-Policy").Single();
}
