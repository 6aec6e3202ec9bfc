using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Pruning;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Auth.Tokens;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Pruning;

public sealed class PruningTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Dead_tokens_grants_and_sessions_go_and_living_ones_stay(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var agent = await Agent.RegisterAsync(server);
        await agent.ConnectAsync();
        await FirstParty.LoginAsync(server);
        server.Time.Advance(TimeSpan.FromDays(16));
        var living = await agent.ConnectAsync();
        await PruneAsync(server);

        await using var db = await DatabaseAsync(server);
        (await db.Grants.CountAsync()).Should().Be(1);
        (await db.Tokens.CountAsync()).Should().Be(3, "a code, an access token and a refresh token");
        (await db.Sessions.CountAsync()).Should().Be(0);
        (await agent.RefreshAsync(living.RefreshToken)).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_code_replayed_while_its_tokens_live_is_still_known_for_a_replay()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code);
        server.Time.Advance(TimeSpan.FromDays(10));
        await PruneAsync(server);

        (await agent.ExchangeAsync(code)).Error.Should().Be("invalid_grant");
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Clients_that_were_never_used_go_after_thirty_days_and_others_stay(DatabaseKind kind)
    {
        var configured = new StaticClientOptions("configured", null, [Agent.RedirectUri]);
        await using var server = await AuthServer.StartAsync(
            options => options with { StaticClient = configured }, await NewDatabase.OfAsync(kind, postgres));
        var (unused, used, consented) = (await Agent.RegisterAsync(server), await Agent.RegisterAsync(server), await Agent.RegisterAsync(server));
        await used.ConnectAsync();
        await consented.AuthorizeAsync();

        server.Time.Advance(TimeSpan.FromDays(29));
        await PruneAsync(server);
        (await KnownAsync(server)).Should().BeEquivalentTo("configured", unused.ClientId, used.ClientId, consented.ClientId);

        server.Time.Advance(TimeSpan.FromDays(365));
        var young = await Agent.RegisterAsync(server);
        await PruneAsync(server);
        (await KnownAsync(server)).Should().BeEquivalentTo("configured", used.ClientId, consented.ClientId, young.ClientId);
        (await unused.Browser.GoAsync(unused.AuthorizeUrl())).Html.Should().Contain("register the client again");
        (await used.ConnectAsync()).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_signing_key_whose_last_token_is_dead_goes()
    {
        await using var server = await AuthServer.StartAsync();
        var keys = server.Services.GetRequiredService<SigningKeys>();
        await keys.RotateAsync(atOnce: false, CancellationToken.None);
        await Poll.UntilAsync(async () => (await server.NewClient().GetStringAsync("/.well-known/jwks.json")).Split("\"kid\"").Length == 3, "both keys");
        await PruneAsync(server);
        (await keys.ListAsync(CancellationToken.None)).Should().HaveCount(2);
        server.Time.Advance(TimeSpan.FromHours(2));
        await PruneAsync(server);
        (await keys.ListAsync(CancellationToken.None)).Should().ContainSingle().Which.State.Should().Be(SigningKeyState.Signing);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_huge_backlog_keeps_nobody_from_signing_in_and_several_nodes_share_it(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = await NewDatabase.OfAsync(kind, postgres) ?? new DatabaseOptions { DataDirectory = folder.Path };
        await using var one = await AuthServer.StartAsync(database: database);
        await using var other = await AuthServer.StartAsync(database: database);
        await LitterAsync(one, 20_000);
        var agent = await Agent.RegisterAsync(one);
        var before = Complaints(one, other).Count();

        var pruning = Task.WhenAll(PruneAsync(one), PruneAsync(other));
        (await agent.ConnectAsync()).AccessToken.Should().NotBeEmpty();
        pruning.IsCompleted.Should().BeFalse("it goes on beside");
        await pruning;

        await using var db = await DatabaseAsync(one);
        (await db.Tokens.CountAsync()).Should().Be(3);
        Complaints(one, other).Skip(before).Should().BeEmpty();
    }

    private static IEnumerable<string> Complaints(params AuthServer[] servers) => servers.SelectMany(server => server.Log.Complaints);

    private static Task PruneAsync(AuthServer server) => server.Services.GetRequiredService<Pruner>().RunAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<string?>> KnownAsync(AuthServer server)
    {
        await using var db = await DatabaseAsync(server);
        return await db.Clients.Select(client => client.ClientId).ToListAsync();
    }

    private static async Task LitterAsync(AuthServer server, int count)
    {
        await using var db = await DatabaseAsync(server);
        var longAgo = server.Time.GetUtcNow().UtcDateTime.AddYears(-1);
        db.Tokens.AddRange(Enumerable.Range(0, count).Select(_ => new OAuthToken
        {
            Id = Guid.NewGuid(),
            CreationDate = longAgo,
            ExpirationDate = longAgo,
            Status = "valid",
            Type = "urn:ietf:params:oauth:token-type:access_token",
        }));
        await db.SaveChangesAsync();
    }

    private static Task<AuthDbContext> DatabaseAsync(AuthServer server) =>
        server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
}
