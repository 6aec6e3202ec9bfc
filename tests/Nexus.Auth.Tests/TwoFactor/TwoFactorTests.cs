using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.TwoFactor;

public sealed class TwoFactorTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private PlainBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _browser = new(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Signing_in_takes_the_code_and_then_goes_on_to_the_client()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var agent = await Agent.RegisterAsync(_server);
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Path.Should().Be("/sign-in/code");
        page = await agent.Browser.SubmitAsync(page, ("code", app.Code));
        page.Path.Should().Be("/consent");
        (await agent.Browser.SubmitAsync(page, ("decision", "allow"))).LeftFor.Should().NotBeNull();
    }

    [Fact]
    public async Task The_password_alone_signs_nobody_in()
    {
        await Authenticator.SetUpAsync(_server, _browser);
        var thief = new PlainBrowser(_server);
        (await thief.SignInAsync("/account")).Path.Should().Be("/sign-in/code");
        (await thief.GoAsync("/account")).Path.Should().Be("/sign-in");
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var code = app.Code;
        (await EnterAsync(new(_server), code)).Path.Should().Be("/account");
        var replay = await EnterAsync(new(_server), code);
        replay.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        replay.Html.Should().Contain("used already");
    }

    [Fact]
    public async Task Of_one_code_sent_many_times_at_once_one_gets_in()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var code = app.Code;
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnterAsync(new(_server), code)));
        pages.Count(page => page.Path == "/account").Should().Be(1);
    }

    [Fact]
    public async Task The_code_that_turned_it_on_is_used_up()
    {
        var page = await _browser.SignInAsync("/account/two-factor");
        var code = Authenticator.CodeOf(_server, Authenticator.SecretOn(page));
        await _browser.SubmitAsync(page.Form("TurnOn"), ("code", code));
        (await EnterAsync(new(_server), code)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_recovery_code_is_good_once()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        app.RecoveryCodes.Should().HaveCount(10).And.OnlyHaveUniqueItems();
        (await EnterAsync(new(_server), app.RecoveryCodes[0].ToLowerInvariant())).Path.Should().Be("/account");
        (await EnterAsync(new(_server), app.RecoveryCodes[0])).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await EnterAsync(new(_server), app.RecoveryCodes[1])).Path.Should().Be("/account");
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_and_right_passwords_dont_unlock_it()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        for (var i = 0; i < 5; i++)
            (await EnterAsync(new(_server), "000000")).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await new PlainBrowser(_server).SignInAsync("/account")).Html.Should().Contain("locked");
        _server.Time.Advance(TimeSpan.FromSeconds(40));
        (await EnterAsync(new(_server), app.Code)).Path.Should().Be("/account");
    }

    [Fact]
    public async Task Codes_guessed_at_once_share_no_attempt()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var browsers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var browser = new PlainBrowser(_server);
            return (Browser: browser, Page: await browser.SignInAsync("/account"));
        }));
        await Task.WhenAll(browsers.Select((one, i) => one.Browser.SubmitAsync(one.Page, ("code", $"00000{i}"))));
        var last = await browsers[0].Browser.SubmitAsync(browsers[0].Page, ("code", app.Code));
        last.Html.Should().Contain("locked");
    }

    [Fact]
    public async Task The_second_step_ends_after_five_minutes()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var browser = new PlainBrowser(_server);
        var page = await browser.SignInAsync("/account");
        _server.Time.Advance(TimeSpan.FromMinutes(6));
        (await browser.SubmitAsync(page, ("code", app.Code))).Path.Should().Be("/sign-in");
        (await new PlainBrowser(_server).GoAsync("/sign-in/code")).Path.Should().Be("/sign-in", "nobody gave a password here");
    }

    [Fact]
    public async Task A_wrong_code_turns_nothing_on_and_the_secret_stays()
    {
        var page = await _browser.SignInAsync("/account/two-factor");
        var refused = await _browser.SubmitAsync(page.Form("TurnOn"), ("code", "000000"));
        refused.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Authenticator.SecretOn(refused).Should().Be(Authenticator.SecretOn(page));
        (await _browser.SubmitAsync(page.Form("TurnOn"), ("secret", "forged"), ("code", "000000"))).Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await new PlainBrowser(_server).SignInAsync("/account")).Path.Should().Be("/account");
    }

    [Fact]
    public async Task Turning_it_on_ends_what_else_is_signed_in()
    {
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ConnectAsync();
        await Authenticator.SetUpAsync(_server, _browser);
        (await _browser.GoAsync("/account")).Path.Should().Be("/account");
        (await agent.Browser.GoAsync("/account")).Path.Should().Be("/sign-in");
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData(AuthServer.OwnerPassword, "000000", false)]
    [InlineData("wrong password", null, false)]
    [InlineData(AuthServer.OwnerPassword, null, true)]
    public async Task Turning_it_off_takes_password_and_code(string password, string? code, bool isOff)
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var page = await _browser.GoAsync("/account/two-factor");
        await _browser.SubmitAsync(page.Form("TurnOff") with { Url = "/account/two-factor?handler=TurnOff" }, ("password", password), ("code", code ?? app.Code));
        (await new PlainBrowser(_server).SignInAsync("/account")).Path.Should().Be(isOff ? "/account" : "/sign-in/code");
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var page = await _browser.GoAsync("/account/two-factor");
        page.Html.Should().Contain("10 of your recovery codes are left");
        page = await _browser.SubmitAsync(
            page.Form("TurnOff") with { Url = "/account/two-factor?handler=RecoveryCodes" }, ("password", AuthServer.OwnerPassword), ("code", app.Code));
        page.Html.Should().Contain("new recovery codes").And.NotContain(app.RecoveryCodes[0]);
        (await EnterAsync(new(_server), app.RecoveryCodes[0])).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_old_sign_in_has_to_be_confirmed_first()
    {
        await _browser.SignInAsync("/account");
        _server.Time.Advance(TimeSpan.FromMinutes(11));
        var page = await _browser.GoAsync("/account/two-factor");
        page.Path.Should().Be("/sign-in");
        page.Html.Should().Contain("Confirm that it&#x27;s you");
        (await _browser.SignInAsync("/account/two-factor")).Path.Should().Be("/account/two-factor");
    }

    [Fact]
    public async Task First_party_sign_in_takes_the_code_too()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        var http = _server.NewClient();
        (await LoginAsync(http, null)).Should().Be("TWO_FACTOR_REQUIRED");
        (await LoginAsync(http, "000000")).Should().Be("INVALID_CODE");
        (await LoginAsync(http, app.Code)).Should().BeNull();
        (await LoginAsync(http, app.Code)).Should().Be("INVALID_CODE", "each code is good once");
        (await LoginAsync(http, app.RecoveryCodes[3])).Should().BeNull();
    }

    [Fact]
    public async Task Secrets_are_in_no_column_and_no_log()
    {
        var app = await Authenticator.SetUpAsync(_server, _browser);
        await using var db = await _server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var stored = string.Join('\n', await db.UserTokens.Select(token => token.Value).ToListAsync());
        stored.Should().NotBeEmpty().And.NotContain(app.Secret).And.NotContain(app.RecoveryCodes[0]);
        _server.Log.Text.Should().NotContain(app.Secret).And.NotContain(app.RecoveryCodes[0]);
    }

    private static async Task<string?> LoginAsync(HttpClient http, string? code)
    {
        var response = await http.PostAsJsonAsync("/api/auth/login", new { email = AuthServer.OwnerEmail, password = AuthServer.OwnerPassword, code });
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return body["error"]?["code"]!.GetValue<string>();
    }

    private static async Task<Page> EnterAsync(PlainBrowser browser, string code) =>
        await browser.SubmitAsync(await browser.SignInAsync("/account"), ("code", code));
}
