using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Audit;
using Nexus.Core.Storage;

namespace Nexus.Auth.Tests.Auditing;

public sealed class AuthAuditTests : IAsyncLifetime
{
    private AuthServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await AuthServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Sign_ins_grants_tokens_and_clients_are_in_the_audit_and_no_secret_is()
    {
        var agent = await Agent.RegisterAsync(_server);
        var denied = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        await agent.Browser.SubmitAsync(denied, ("decision", "deny"));
        var tokens = await agent.ConnectAsync();
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        await agent.Http.PostAsync("/oauth/revoke", Agent.Form(("client_id", agent.ClientId), ("token", next.AccessToken)));
        await agent.Http.PostAsync("/oauth/revoke", Agent.Form(("client_id", agent.ClientId), ("token", next.RefreshToken)));
        await FirstParty.SendAsync(agent.Http, HttpMethod.Post, "/api/auth/logout", await FirstParty.LoginAsync(_server));
        await agent.Http.SendAsync(new(HttpMethod.Delete, $"/register/{agent.ClientId}")
        {
            Headers = { Authorization = new("Bearer", agent.Registration["registration_access_token"]!.GetValue<string>()) },
        });

        var records = await RecordsAsync();
        records.Select(record => (record.Operation, record.Outcome, record.Surface)).Should().Equal(
            ("FoundOrganization", "OK", "server"),
            ("RegisterClient", "OK", "oauth"),
            ("SignIn", "OK", "pages"),
            ("DenyClient", "OK", "pages"),
            ("AllowClient", "OK", "pages"),
            ("IssueTokens", "OK", "oauth"),
            ("IssueTokens", "OK", "oauth"),
            ("RevokeToken", "OK", "oauth"),
            ("RevokeGrant", "OK", "oauth"),
            ("SignIn", "OK", "api"),
            ("SignOut", "OK", "api"),
            ("DeleteClient", "OK", "oauth"));
        records.Where(record => record.Operation is not ("RegisterClient" or "DeleteClient")).Should()
            .OnlyContain(record => record.UserId != Guid.Empty && record.OrganizationId != AuditChain.Server);
        records.Where(record => record.Operation is "IssueTokens").Should().OnlyContain(record => record.ClientId == agent.ClientId && record.TokenId.Length > 0);
        records[1].Arguments.Should().Contain(Agent.RedirectUri).And.Contain("127.0.0.1");
        _server.Secrets.ExpectNoneIn(string.Join('\n', records.Select(record => record.Arguments + record.Target + record.TokenId)));
        (await _server.Services.GetRequiredService<AuditVerifier>().VerifyAsync(default)).Should().OnlyContain(report => report.Findings.Count == 0);
    }

    [Fact]
    public async Task Failed_sign_ins_are_in_the_audit_of_whose_account_it_is_or_the_servers()
    {
        await FirstParty.LoginAsync(_server.NewClient(), AuthServer.OwnerEmail, "a wrong passphrase");
        await FirstParty.LoginAsync(_server.NewClient(), "nobody@example.com", "a wrong passphrase");

        var failed = (await RecordsAsync()).Where(record => record.Outcome == "INVALID_CREDENTIALS").ToList();
        failed.Select(record => record.OrganizationId == AuditChain.Server).Should().Equal(false, true);
        failed[1].Arguments.Should().Contain("nobody@example.com").And.NotContain("wrong");
    }

    [Fact]
    public async Task A_token_used_again_is_in_the_audit()
    {
        var agent = await Agent.RegisterAsync(_server);
        var code = (await agent.AuthorizeAsync()).Code!;
        await agent.ExchangeAsync(code);
        (await agent.ExchangeAsync(code)).Error.Should().Be("invalid_grant");

        var revoked = (await RecordsAsync()).Single(record => record.Operation == "RevokeGrant");
        revoked.Arguments.Should().Contain("again").And.NotContain(code);
        revoked.ClientId.Should().Be(agent.ClientId);
    }

    private async Task<List<AuditRecord>> RecordsAsync()
    {
        await using var db = await _server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();
        return await db.AuditRecords.OrderBy(record => record.Id).ToListAsync();
    }
}
