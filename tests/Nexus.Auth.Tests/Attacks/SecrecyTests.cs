using System.Diagnostics;
using System.Net.Http.Json;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

public sealed class SecrecyTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task Passwords_secrets_codes_and_tokens_are_in_no_log()
    {
        await using var server = await AuthServer.StartAsync(logLevel: Microsoft.Extensions.Logging.LogLevel.Debug);
        var agent = await Agent.RegisterAsync(server, metadata => metadata["token_endpoint_auth_method"] = "client_secret_post");
        var secret = agent.Registration["client_secret"]!.GetValue<string>();
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code, ("client_secret", secret));
        var next = await agent.RefreshAsync(tokens.RefreshToken, ("client_secret", secret));
        await agent.ExchangeAsync(code, ("client_secret", secret));
        var jwt = await FirstParty.LoginAsync(server);
        await FirstParty.SendAsync(agent.Http, HttpMethod.Get, "/oauth/me", tokens.AccessToken);
        await FirstParty.LoginAsync(server.NewClient(), AuthServer.OwnerEmail, "a wrong password");

        string[] secrets =
        [
            AuthServer.OwnerPassword, "a wrong password", secret, code, tokens.AccessToken, tokens.RefreshToken, next.AccessToken,
            next.RefreshToken, jwt, agent.Registration["registration_access_token"]!.GetValue<string>(),
        ];
        var log = server.Log.Text;
        log.Should().Contain(agent.ClientId, "the log is kept at all");
        secrets.Where(log.Contains).Should().BeEmpty();
        server.Log.Complaints.Should().OnlyContain(line => line.StartsWith("Revoked the grant"), "nothing else went wrong");
    }

    [Fact]
    public async Task An_unknown_account_takes_as_long_as_a_wrong_password()
    {
        await using var server = await AuthServer.StartAsync(hashIterations: 400_000);
        await TimeAsync(server, AuthServer.OwnerEmail);
        await TimeAsync(server, "nobody@example.com");
        var known = await TimeAsync(server, AuthServer.OwnerEmail);
        var unknown = await TimeAsync(server, "nobody@example.com");
        unknown.Should().BeGreaterThan(known / 3);
    }

    [Fact]
    public async Task Requests_to_other_rooms_pass_untouched()
    {
        var answer = await (await shared.GetAsync()).NewClient().GetStringAsync(AuthServer.Elsewhere);
        answer.Should().Be("127.0.0.1 False");
    }

    private static async Task<TimeSpan> TimeAsync(AuthServer server, string email)
    {
        var http = server.NewClient();
        await http.GetAsync("/oauth/me");
        var since = Stopwatch.GetTimestamp();
        await http.PostAsJsonAsync("/api/auth/login", new { email, password = "wrong password" });
        return Stopwatch.GetElapsedTime(since);
    }
}
