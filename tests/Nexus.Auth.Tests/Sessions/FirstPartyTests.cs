using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Sessions;

public sealed class FirstPartyTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task A_password_gets_a_JWT_for_an_hour()
    {
        var server = await shared.GetAsync();
        var (response, body) = await FirstParty.LoginAsync(server.NewClient(), AuthServer.OwnerEmail, AuthServer.OwnerPassword);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        body["success"]!.GetValue<bool>().Should().BeTrue();
        body["data"]!["user"]!["email"]!.GetValue<string>().Should().Be(AuthServer.OwnerEmail);
        body["data"]!["user"]!["role"]!.GetValue<string>().Should().Be("Owner");
        body["data"]!["user"]!["organization"]!["name"]!.GetValue<string>().Should().Be("Engines");
        body["data"]!["expiresAt"]!.GetValue<DateTimeOffset>().Should().BeCloseTo(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(1));
        Jwt.Of(body["data"]!["token"]!.GetValue<string>()).Typ.Should().NotBe("at+jwt");
    }

    [Theory]
    [InlineData(AuthServer.OwnerEmail, "wrong password")]
    [InlineData("nobody@example.com", "wrong password")]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer(string email, string password)
    {
        await using var server = await AuthServer.StartAsync();
        var (response, body) = await FirstParty.LoginAsync(server.NewClient(), email, password);
        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        body.ToJsonString().Should().Be(
            """{"success":false,"error":{"code":"INVALID_CREDENTIALS","message":"That e-mail and password don\u0027t match, or the account is locked for a while after too many attempts."}}""");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"email\":\"a@example.com\"}")]
    [InlineData("{\"email\":[],\"password\":{}}")]
    [InlineData("{\"email\":\"a\\u0000\",\"password\":\"b\"}")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_bad_body_is_refused_in_the_envelope(string body)
    {
        var http = (await shared.GetAsync()).NewClient();
        var response = await http.PostAsync("/api/auth/login", new StringContent(body, Encoding.UTF8, "application/json"));
        ((int)response.StatusCode).Should().BeOneOf(400, 401);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("{\"success\":false,\"error\":{\"code\":\"");
    }

    [Fact]
    public async Task Logging_out_really_ends_the_JWT()
    {
        var server = await shared.GetAsync();
        var http = server.NewClient();
        var jwt = await FirstParty.LoginAsync(server);
        (await FirstParty.SendAsync(http, HttpMethod.Get, "/api/auth/verify", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await FirstParty.SendAsync(http, HttpMethod.Post, "/api/auth/logout", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await FirstParty.SendAsync(http, HttpMethod.Get, "/api/auth/verify", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await FirstParty.SendAsync(http, HttpMethod.Post, "/api/auth/logout", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_hour_later_it_is_over()
    {
        await using var server = await AuthServer.StartAsync();
        var jwt = await FirstParty.LoginAsync(server);
        server.Time.Advance(TimeSpan.FromMinutes(61));
        (await FirstParty.SendAsync(server.NewClient(), HttpMethod.Get, "/api/auth/verify", jwt)).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Other_kinds_of_bearer_are_told_what_is_wanted()
    {
        var server = await shared.GetAsync();
        var tokens = await (await Agent.RegisterAsync(server)).ConnectAsync();
        foreach (var (bearer, kind) in new[] { (tokens.AccessToken, "OAuth access token"), ("nxk_0123456789", "nxk_"), ("nonsense", "first-party JWT") })
        {
            var (response, body) = await FirstParty.SendAsync(server.NewClient(), HttpMethod.Get, "/api/auth/verify", bearer);
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            body["error"]!["message"]!.GetValue<string>().Should().Contain(kind).And.Contain("/api/auth/login");
        }
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_for_a_time_that_doubles()
    {
        await using var server = await AuthServer.StartAsync();
        for (var i = 0; i < 5; i++) await TryAsync(server, "wrong password", HttpStatusCode.Unauthorized);
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.Unauthorized);

        server.Time.Advance(TimeSpan.FromSeconds(31));
        await TryAsync(server, "wrong password", HttpStatusCode.Unauthorized);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.Unauthorized);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.OK);
        for (var i = 0; i < 4; i++) await TryAsync(server, "wrong password", HttpStatusCode.Unauthorized);
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Parallel_guesses_are_each_counted()
    {
        await using var server = await AuthServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryAsync(server, "wrong password", HttpStatusCode.Unauthorized)));
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var account = await db.Users.SingleAsync();
        account.AccessFailedCount.Should().BeGreaterThanOrEqualTo(5);
        account.LockoutEnd.Should().NotBeNull();
    }

    [Fact]
    public async Task One_address_can_try_only_so_often_at_page_and_API_together()
    {
        await using var server = await AuthServer.StartAsync(options => options with { SignInsPerMinute = 2 });
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.OK);
        var browser = new PlainBrowser(server);
        var page = await browser.GoAsync("/sign-in");
        (await browser.SubmitAsync(page, ("Email", "a@example.com"), ("Password", "b"))).Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await browser.SubmitAsync(page, ("Email", "a@example.com"), ("Password", "b"))).Response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        await TryAsync(server, AuthServer.OwnerPassword, HttpStatusCode.TooManyRequests);
    }

    private static async Task TryAsync(AuthServer server, string password, HttpStatusCode expected) =>
        (await FirstParty.LoginAsync(server.NewClient(), AuthServer.OwnerEmail, password)).Response.StatusCode.Should().Be(expected);
}
