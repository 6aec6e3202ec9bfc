using Microsoft.Extensions.Logging;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

/// <summary>Every server of these tests looks through its own log when it ends (<see cref="AuthServer.Secrets"/>); this one logs all there is.</summary>
public sealed class SecrecyTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task Passwords_secrets_codes_verifiers_and_tokens_are_in_no_log_whatever_the_level()
    {
        var server = await AuthServer.StartAsync(logLevel: LogLevel.Trace);
        await using var ending = server;
        var agent = await Agent.RegisterAsync(server, metadata => metadata["token_endpoint_auth_method"] = "client_secret_post");
        var secret = agent.Registration["client_secret"]!.GetValue<string>();
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code, ("client_secret", secret));
        var next = await agent.RefreshAsync(tokens.RefreshToken, ("client_secret", secret));
        await agent.ExchangeAsync(code, ("client_secret", secret));
        await agent.RefreshAsync(next.RefreshToken, ("client_secret", "a wrong client secret"));
        foreach (var path in new[] { "/oauth/introspect", "/oauth/revoke" })
            await agent.Http.PostAsync(path, Agent.Form(("client_id", agent.ClientId), ("client_secret", secret), ("token", tokens.AccessToken)));
        var jwt = await FirstParty.LoginAsync(server);
        await FirstParty.SendAsync(agent.Http, HttpMethod.Get, "/oauth/me", tokens.AccessToken);
        await FirstParty.SendAsync(agent.Http, HttpMethod.Get, "/api/auth/verify", jwt);
        await FirstParty.LoginAsync(server.NewClient(), AuthServer.OwnerEmail, "a wrong password");

        var log = server.Log.Text;
        log.Should().Contain(agent.ClientId, "the log is kept at all");
        foreach (var kind in new[] { "password", "client_secret", "code_verifier", "code", "access_token", "refresh_token", "registration_access_token" })
            server.Secrets.Count(kind).Should().BePositive("of {0} there were some to look for", kind);
        server.Secrets.ExpectNoneIn(log);
        string[] plain = [AuthServer.OwnerPassword, "a wrong password", "a wrong client secret", agent.Verifier];
        plain.Where(log.Contains).Should().BeEmpty();
        server.Log.Complaints.Should().OnlyContain(line => line.StartsWith("Revoked the grant"), "nothing else went wrong");
    }

    [Fact]
    public async Task Codes_and_tokens_stay_out_of_referrers_caches_and_pages()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        var left = await agent.Browser.SubmitAsync(page, ("decision", "allow"));
        left.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
        left.Response.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, "307 would send the person's form on (RFC 9700 §4.12)");
        left.Html.Should().NotContain(new Answer(left.LeftFor!).Code);
    }

    [Fact]
    public async Task Requests_to_other_rooms_pass_untouched()
    {
        var answer = await (await shared.GetAsync()).NewClient().GetStringAsync(AuthServer.Elsewhere);
        answer.Should().Be("127.0.0.1 False");
    }
}
