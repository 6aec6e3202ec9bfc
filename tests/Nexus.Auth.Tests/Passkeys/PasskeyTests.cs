using System.Net;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Passkeys;

/// <summary>What passkey endpoints say to requests that no honest browser sends.</summary>
public sealed class PasskeyTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("/sign-in", "PasskeyOptions", "rpId")]
    [InlineData("/account/passkeys", "Options", "rp")]
    public async Task The_host_is_that_of_the_issuer_whatever_the_Host_header_says(string path, string handler, string member)
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        await browser.SignInAsync("/account");
        var page = await browser.GoAsync(path + (path == "/sign-in" ? "?return=/account" : ""));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?handler={handler}") { Content = new FormUrlEncodedContent(page.Fields()) };
        request.Headers.Host = "evil.example";
        if (path == "/account/passkeys") request.Content = new FormUrlEncodedContent(page.Form("credential").Fields());
        var options = JsonNode.Parse(await (await browser.SendAsync(request)).Content.ReadAsStringAsync())!;
        var host = member is "rp" ? options["rp"]!["id"] : options[member];
        host!.GetValue<string>().Should().Be("nexus.example.com");
        options.ToJsonString().Should().NotContain("evil.example").And.Contain("required");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}""")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","userHandle":"bm90IGEgZ3VpZA"}}""")]
    public async Task A_credential_that_is_none_signs_nobody_in(string credential)
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        var form = (await browser.GoAsync("/sign-in")).Form("data-passkey");
        var options = new HttpRequestMessage(HttpMethod.Post, "/sign-in?handler=PasskeyOptions") { Content = new FormUrlEncodedContent(form.Fields()) };
        (await browser.SendAsync(options)).StatusCode.Should().Be(HttpStatusCode.OK);
        var page = await browser.SubmitAsync(form, ("credential", credential));
        page.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        page.Html.Should().Contain("That passkey isn&#x27;t known here");
    }

    [Fact]
    public async Task Without_a_challenge_nothing_is_judged()
    {
        var browser = new PlainBrowser(await shared.GetAsync());
        var page = await browser.SubmitAsync((await browser.GoAsync("/sign-in")).Form("data-passkey"), ("credential", "{}"));
        page.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Adding_one_takes_a_recent_sign_in()
    {
        await using var server = await AuthServer.StartAsync();
        var browser = new PlainBrowser(server);
        var form = (await browser.SignInAsync("/account/passkeys")).Form("data-passkey");
        server.Time.Advance(TimeSpan.FromMinutes(11));
        (await browser.SubmitAsync(form, ("credential", "{}"), ("name", "x"))).Path.Should().Be("/sign-in");
    }
}
