using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Accounts;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Tokens;

public sealed class RefreshTests(Shared<AuthServer> shared, Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task Each_use_gives_a_new_one_and_new_access()
    {
        var (agent, tokens) = await ConnectAsync(await shared.GetAsync());
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        next.RefreshToken.Should().NotBe(tokens.RefreshToken);
        next.AccessToken.Should().NotBe(tokens.AccessToken);
        next.Text("scope").Should().Be(Agent.AllScopes);
        (await agent.RefreshAsync(next.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Fifty_parallel_refreshes_leave_one_line_of_descent(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var (agent, tokens) = await ConnectAsync(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => agent.RefreshAsync(tokens.RefreshToken)));

        answers.Select(answer => answer.Error).Should().OnlyContain(error => error == null);
        var successor = answers.Select(answer => answer.RefreshToken).Distinct().Should().ContainSingle().Subject;
        (await CountAsync(server, "valid")).Should().Be(1);
        (await agent.RefreshAsync(successor)).AccessToken.Should().NotBeEmpty();
        (await CountAsync(server, "valid")).Should().Be(1);
    }

    [Fact]
    public async Task A_lost_answer_can_be_had_again_within_thirty_seconds()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        var lost = await agent.RefreshAsync(tokens.RefreshToken);
        server.Time.Advance(TimeSpan.FromSeconds(29));
        var again = await agent.RefreshAsync(tokens.RefreshToken);
        again.RefreshToken.Should().Be(lost.RefreshToken);
        (await agent.RefreshAsync(again.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task After_thirty_seconds_a_replay_revokes_the_family()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await ExpectDeadFamilyAsync(server, agent, tokens, next);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Once_the_successor_was_used_a_replay_revokes_the_family_at_once(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var (agent, tokens) = await ConnectAsync(server);
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        var latest = await agent.RefreshAsync(next.RefreshToken);
        await ExpectDeadFamilyAsync(server, agent, tokens, latest);
    }

    [Fact]
    public async Task A_replay_does_not_touch_the_persons_other_authorizations()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        var other = await agent.ConnectAsync();
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        await ExpectDeadFamilyAsync(server, agent, tokens, next);
        (await agent.RefreshAsync(other.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Fourteen_days_without_use_end_it()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        server.Time.Advance(TimeSpan.FromDays(13));
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        server.Time.Advance(TimeSpan.FromDays(15));
        (await agent.RefreshAsync(next.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Ninety_days_end_it_however_often_it_was_used()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        for (var day = 0; day < 84; day += 12)
        {
            server.Time.Advance(TimeSpan.FromDays(12));
            tokens = await agent.RefreshAsync(tokens.RefreshToken);
            tokens.Error.Should().BeNull($"it is day {day + 12}");
        }

        server.Time.Advance(TimeSpan.FromDays(7));
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Fewer_scopes_are_honoured_and_can_be_taken_back()
    {
        var (agent, tokens) = await ConnectAsync(await shared.GetAsync());
        var narrow = await agent.RefreshAsync(tokens.RefreshToken, ("scope", "deployments:read"));
        Jwt.Of(narrow.AccessToken).GetPayloadValue<string>("scope").Should().Be("deployments:read");
        var wide = await agent.RefreshAsync(narrow.RefreshToken);
        Jwt.Of(wide.AccessToken).GetPayloadValue<string>("scope").Should().Be(Agent.AllScopes);
    }

    [Fact]
    public async Task More_scopes_are_refused()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var tokens = await agent.ConnectAsync(("scope", "deployments:read"));
        var answer = await agent.RefreshAsync(tokens.RefreshToken, ("scope", Agent.AllScopes));
        answer.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Error.Should().Be("invalid_scope");
    }

    [Fact]
    public async Task Another_clients_is_refused()
    {
        var server = await shared.GetAsync();
        var (_, tokens) = await ConnectAsync(server);
        var other = await Agent.RegisterAsync(server);
        (await other.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task A_dead_one_is_an_invalid_grant_and_an_unknown_client_an_invalid_client()
    {
        var (agent, tokens) = await ConnectAsync(await shared.GetAsync());
        (await agent.RefreshAsync("nonsense")).Error.Should().Be("invalid_grant");
        var unknown = await agent.RefreshAsync(tokens.RefreshToken, ("client_id", "unknown"));
        unknown.Error.Should().Be("invalid_client");
        unknown.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_is_kept_as_a_hash()
    {
        var server = await shared.GetAsync();
        var (_, tokens) = await ConnectAsync(server);
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var stored = await db.Tokens.AsNoTracking().ToListAsync();
        stored.Should().NotContain(token => token.ReferenceId == tokens.RefreshToken || (token.Payload ?? "").Contains(tokens.RefreshToken));
    }

    [Fact]
    public async Task A_new_password_ends_it()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await accounts.FindByEmailAsync(AuthServer.OwnerEmail))!;
        (await accounts.ChangePasswordAsync(account, AuthServer.OwnerPassword, "analytical engine")).Succeeded.Should().BeTrue();
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Leaving_the_organisation_ends_it()
    {
        await using var server = await AuthServer.StartAsync();
        var (agent, tokens) = await ConnectAsync(server);
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();
        await db.Members.ExecuteDeleteAsync();
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Fact]
    public async Task It_outlives_the_server()
    {
        using var folder = new TemporaryFolder();
        var database = new DatabaseOptions { DataDirectory = folder.Path };
        string clientId, refreshToken, accessToken;
        await using (var first = await AuthServer.StartAsync(database: database))
        {
            var (agent, tokens) = await ConnectAsync(first);
            (clientId, refreshToken, accessToken) = (agent.ClientId, tokens.RefreshToken, tokens.AccessToken);
        }

        await using var second = await AuthServer.StartAsync(database: database);
        var answer = await TokenAnswer.ReadAsync(await second.NewClient().PostAsync("/oauth/token", Agent.Form(
            ("grant_type", "refresh_token"), ("client_id", clientId), ("refresh_token", refreshToken))));
        answer.AccessToken.Should().NotBeEmpty();
        (await second.AccessTokens.ValidateAsync(accessToken, CancellationToken.None)).Grant.Should().NotBeNull();
    }

    private static async Task<(Agent Agent, TokenAnswer Tokens)> ConnectAsync(AuthServer server)
    {
        var agent = await Agent.RegisterAsync(server);
        return (agent, await agent.ConnectAsync());
    }

    private static async Task ExpectDeadFamilyAsync(AuthServer server, Agent agent, TokenAnswer replayed, TokenAnswer latest)
    {
        (await agent.RefreshAsync(replayed.RefreshToken)).Error.Should().Be("invalid_grant");
        (await agent.RefreshAsync(latest.RefreshToken)).Error.Should().Be("invalid_grant");
        await Poll.UntilAsync(
            async () => (await server.AccessTokens.ValidateAsync(latest.AccessToken, CancellationToken.None)).Grant is null,
            "the family's access token to be refused");
    }

    private static async Task<int> CountAsync(AuthServer server, string status)
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        return await db.Tokens.CountAsync(token => token.Type!.EndsWith("refresh_token") && token.Status == status);
    }
}
