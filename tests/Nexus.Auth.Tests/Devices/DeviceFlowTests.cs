using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Devices;

public sealed class DeviceFlowTests(Shared<PostgresServer> postgres) : IAsyncLifetime
{
    private AuthServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await AuthServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_device_gets_tokens_once_its_person_has_allowed(DatabaseKind kind)
    {
        DatabaseOptions? database = await NewDatabase.OfAsync(kind, postgres);
        await using var server = await AuthServer.StartAsync(database: database);
        var device = await DeviceClient.StartAsync(server);
        (await device.PollAsync()).Error.Should().Be("authorization_pending");

        var page = await device.OpenAsync();
        page.Html.Should().Contain("my-mcp-client").And.Contain("the device that shows " + device.UserCode).And.Contain("unverified");
        page = await device.AnswerAsync("allow", page);
        page.Html.Should().Contain("Your device is connected");

        var tokens = await device.PollLaterAsync();
        var verdict = await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Grant!.Scopes.Should().BeEquivalentTo(Agent.AllScopes.Split(' '));
        Jwt.Of(tokens.AccessToken).Audiences.Should().Equal(AuthServer.Resource);
        (await device.Agent.RefreshAsync(tokens.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_answer_has_everything_a_device_needs()
    {
        var device = await DeviceClient.StartAsync(_server);
        device.UserCode.Should().MatchRegex("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$");
        device.Answer["verification_uri"]!.GetValue<string>().Should().Be(AuthServer.Issuer + "/device");
        device.Answer["verification_uri_complete"]!.GetValue<string>().Should().Be($"{AuthServer.Issuer}/device?user_code={device.UserCode}");
        device.Answer["interval"]!.GetValue<int>().Should().Be(5);
        device.Answer["expires_in"]!.GetValue<int>().Should().BeInRange(570, 600);
        device.DeviceCode.Length.Should().BeGreaterThan(40);
        device.Agent.Registration["grant_types"]!.AsArray().Select(grant => grant!.GetValue<string>()).Should().Equal("refresh_token", DeviceClient.Grant);
        device.Agent.Registration["response_types"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task The_code_may_be_typed_in_any_case_and_with_or_without_dashes()
    {
        foreach (var typed in new Func<string, string>[] { code => code.ToLowerInvariant(), code => code.Replace("-", "", StringComparison.Ordinal), code => $" {code[..2]} {code[2..]}-" })
        {
            var device = await DeviceClient.StartAsync(_server);
            (await device.OpenAsync(typed(device.UserCode))).Html.Should().Contain("asks for access");
        }
    }

    [Fact]
    public async Task What_is_unticked_is_not_granted()
    {
        var device = await DeviceClient.StartAsync(_server);
        var page = await device.OpenAsync();
        await device.Agent.Browser.SubmitAsync(page, ("decision", "allow"), ("granted", "deployments:read"));
        (await device.PollLaterAsync()).Text("scope").Should().Be("deployments:read");
    }

    [Fact]
    public async Task A_denied_device_is_told_so()
    {
        var device = await DeviceClient.StartAsync(_server);
        (await device.AnswerAsync("deny")).Html.Should().Contain("You denied the request");
        (await device.PollLaterAsync()).Error.Should().Be("access_denied");
        (await device.OpenAsync()).Html.Should().Contain("not known, was used, or has expired");
    }

    [Fact]
    public async Task A_device_that_asks_too_often_has_to_slow_down()
    {
        var device = await DeviceClient.StartAsync(_server);
        (await device.PollAsync()).Error.Should().Be("authorization_pending");
        (await device.PollAsync()).Error.Should().Be("slow_down");
        (await device.PollLaterAsync()).Error.Should().Be("authorization_pending");
    }

    [Fact]
    public async Task A_code_expires()
    {
        var device = await DeviceClient.StartAsync(_server);
        await device.OpenAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(11));
        (await device.PollAsync()).Error.Should().Be("expired_token");
        (await device.OpenAsync()).Html.Should().Contain("not known, was used, or has expired");
    }

    [Fact]
    public async Task Each_code_is_good_for_one_answer()
    {
        var device = await DeviceClient.StartAsync(_server);
        var page = await device.OpenAsync();
        await device.AnswerAsync("allow", page);
        (await device.AnswerAsync("allow", page)).Html.Should().Contain("not known, was used, or has expired");
        var tokens = await device.PollLaterAsync();
        tokens.AccessToken.Should().NotBeEmpty();
        (await device.PollLaterAsync()).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Of_many_polls_at_once_one_gets_tokens()
    {
        var device = await DeviceClient.StartAsync(_server);
        await device.AnswerAsync("allow");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => device.PollAsync()));
        answers.Count(answer => answer.Error is null).Should().BeLessThanOrEqualTo(1);
        answers.Where(answer => answer.Error is not null).Should().OnlyContain(answer => answer.Error == "invalid_grant");
    }

    [Fact]
    public async Task Another_client_can_not_use_the_devices_code()
    {
        var device = await DeviceClient.StartAsync(_server);
        var other = await DeviceClient.StartAsync(_server);
        await device.AnswerAsync("allow");
        (await other.Agent.TokenAsync(("grant_type", DeviceClient.Grant), ("device_code", device.DeviceCode))).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Consent_that_was_given_before_does_not_answer_a_device()
    {
        var agent = await Agent.RegisterAsync(_server, metadata =>
            metadata["grant_types"] = new JsonArray("authorization_code", "refresh_token", DeviceClient.Grant));
        await agent.ConnectAsync();
        var device = await DeviceClient.StartAsync(_server, agent);
        (await device.OpenAsync()).Html.Should().Contain("asks for access");
    }

    [Fact]
    public async Task The_grant_is_the_persons()
    {
        var device = await DeviceClient.StartAsync(_server);
        await device.AnswerAsync("allow");
        var tokens = await device.PollLaterAsync();
        await using var db = await _server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var grant = await db.Grants.AsNoTracking().SingleAsync(grant => grant.Application!.ClientId == device.Agent.ClientId);
        grant.Subject.Should().Be(Jwt.Of(tokens.AccessToken).Subject);
        grant.Scopes.Should().Contain("deployments:delete");
    }

    [Fact]
    public async Task An_answer_without_the_forms_token_is_refused()
    {
        var device = await DeviceClient.StartAsync(_server);
        var page = await device.OpenAsync();
        page = await device.Agent.Browser.SubmitAsync(page, ("decision", "allow"), ("__RequestVerificationToken", "forged"));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await device.PollLaterAsync()).Error.Should().Be("authorization_pending");
    }

    [Fact]
    public async Task Guessing_codes_is_bounded()
    {
        await using var server = await AuthServer.StartAsync(options => options with { UserCodesPerMinute = 3 });
        var device = await DeviceClient.StartAsync(server);
        for (var i = 0; i < 3; i++) (await device.OpenAsync("BBBB-BBBB")).Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await device.OpenAsync()).Response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Starting_devices_is_bounded()
    {
        await using var server = await AuthServer.StartAsync(options => options with { DevicesPerMinute = 1 });
        var device = await DeviceClient.StartAsync(server);
        var answer = await DeviceClient.AskAsync(device.Agent);
        answer.Error.Should().Be("temporarily_unavailable");
        answer.Response.Headers.RetryAfter.Should().NotBeNull();
    }

    [Theory]
    [InlineData("resource", "https://other.example/mcp", "invalid_target")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("client_id", "nobody", "invalid_client")]
    [InlineData("client_id", null, "invalid_client")]
    public async Task A_bad_request_is_refused(string name, string? value, string error)
    {
        var agent = (await DeviceClient.StartAsync(_server)).Agent;
        (await DeviceClient.AskAsync(agent, (name, value))).Error.Should().Be(error);
    }

    [Fact]
    public async Task A_client_that_is_not_registered_for_devices_is_refused()
    {
        var agent = await Agent.RegisterAsync(_server);
        (await DeviceClient.AskAsync(agent)).Error.Should().Be("unauthorized_client");
    }

    [Fact]
    public async Task A_confidential_device_proves_itself()
    {
        var agent = await Agent.RegisterAsync(_server, metadata =>
        {
            metadata["grant_types"] = new JsonArray(DeviceClient.Grant);
            metadata["token_endpoint_auth_method"] = "client_secret_post";
        });
        (await DeviceClient.AskAsync(agent)).Error.Should().Be("invalid_client");
        var secret = agent.Registration["client_secret"]!.GetValue<string>();
        var device = await DeviceClient.StartAsync(_server, agent, ("client_secret", secret));
        await device.AnswerAsync("allow");
        (await device.PollAsync()).Error.Should().Be("invalid_client");
        var tokens = await agent.TokenAsync(("grant_type", DeviceClient.Grant), ("device_code", device.DeviceCode), ("client_secret", secret));
        tokens.AccessToken.Should().NotBeEmpty();
        tokens.Body.ContainsKey("refresh_token").Should().BeFalse("it did not register for one");
    }

    [Fact]
    public async Task The_page_asks_for_a_code_and_for_a_signed_in_person()
    {
        var browser = new PlainBrowser(_server);
        (await browser.GoAsync("/device")).Html.Should().Contain("Type the code");
        (await browser.GoAsync("/device?user_code=BCDF-GHJK")).Path.Should().Be("/sign-in");
    }
}
