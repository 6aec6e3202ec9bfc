using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.AccessTokens;

public sealed class AccessTokenTests(Shared<AuthServer> shared, Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task The_grant_says_who_where_and_what()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        var jwt = Jwt.Of(tokens.AccessToken);
        var grant = (await ValidateAsync(server, tokens.AccessToken)).Grant!;
        grant.UserId.Should().Be(Guid.Parse(jwt.Subject));
        grant.OrganizationId.Should().Be(Guid.Parse(jwt.GetPayloadValue<string>("org")));
        grant.ClientId.Should().Be(agent.ClientId);
        grant.TokenId.Should().Be(jwt.Id);
        grant.ExpiresAt.UtcDateTime.Should().Be(jwt.ValidTo);
    }

    [Fact]
    public async Task An_expired_one_is_refused_even_when_it_was_accepted_before()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        (await ValidateAsync(server, tokens.AccessToken)).Grant.Should().NotBeNull();
        server.Time.Advance(TimeSpan.FromMinutes(61));
        (await ValidateAsync(server, tokens.AccessToken)).Problem.Should().Be("the access token is expired or not yet valid");
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("another key with our key's id")]
    [InlineData("unknown kid")]
    [InlineData("changed payload")]
    public async Task A_signature_that_is_not_ours_is_refused(string forgery)
    {
        var (server, genuine) = await GenuineAsync();
        (await ValidateAsync(server, Forgery.Forge(server, genuine, forgery))).Problem
            .Should().Be("the access token is malformed or its signature is wrong");
    }

    [Theory]
    [InlineData("typ", "JWT", "this is not an access token")]
    [InlineData("iss", "https://evil.example", "the access token is from another issuer")]
    [InlineData("iss", AuthServer.Issuer + "/", "the access token is from another issuer")]
    [InlineData("aud", "https://evil.example/mcp", "the access token is for another resource")]
    [InlineData("aud", AuthServer.Resource + "/", "the access token is for another resource")]
    [InlineData("nbf", "soon", "the access token is expired or not yet valid")]
    [InlineData("org", "", "the access token lacks a claim")]
    public async Task Our_own_signature_is_not_enough(string what, string value, string problem)
    {
        var (server, genuine) = await GenuineAsync();
        (await ValidateAsync(server, Forgery.SignAnew(server, genuine, what, value))).Problem.Should().Be(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("....")]
    public async Task Garbage_is_refused(string token) =>
        (await ValidateAsync(await shared.GetAsync(), token)).Problem.Should().NotBeNull();

    [Fact]
    public async Task A_huge_one_is_refused() =>
        (await ValidateAsync(await shared.GetAsync(), new string('a', 1024 * 1024))).Problem.Should().NotBeNull();

    [Fact]
    public async Task One_without_a_record_is_refused()
    {
        var (server, genuine) = await GenuineAsync();
        (await ValidateAsync(server, Forgery.SignAnew(server, genuine, "jti", Guid.NewGuid().ToString()))).Problem
            .Should().Be("the access token is revoked");
    }

    [Fact]
    public async Task Other_kinds_of_bearer_are_told_what_is_wanted()
    {
        var server = await shared.GetAsync();
        var jwt = await FirstParty.LoginAsync(server);
        (await ValidateAsync(server, jwt)).Problem.Should().Contain("first-party JWT").And.Contain("/oauth/token");
        (await ValidateAsync(server, "nxk_0123456789")).Problem.Should().Contain("nxk_").And.Contain("/oauth/token");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_revocation_counts_within_a_second_on_every_node_however_busy_the_token_is(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = await NewDatabase.OfAsync(kind, postgres) ?? new DatabaseOptions { DataDirectory = folder.Path };
        await using var one = await AuthServer.StartAsync(database: database);
        await using var other = await AuthServer.StartAsync(database: database);
        var agent = await Agent.RegisterAsync(one);
        var tokens = await agent.ConnectAsync();
        (await ValidateAsync(other, tokens.AccessToken)).Grant.Should().NotBeNull();

        await agent.Http.PostAsync("/oauth/revoke", Agent.Form(("client_id", agent.ClientId), ("token", tokens.RefreshToken)));
        await RevokedTokens.ExpectAsync(other, tokens.AccessToken);
    }

    [Fact]
    public async Task A_token_in_use_costs_no_round_trip()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        await ValidateAsync(server, tokens.AccessToken);

        for (var i = 0; i < 1000; i++)
        {
            var pending = server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
            pending.IsCompletedSuccessfully.Should().BeTrue("nothing is waited for");
            (await pending).Grant.Should().NotBeNull();
        }
    }

    private static async Task<Core.Access.AccessTokenVerdict> ValidateAsync(AuthServer server, string token) =>
        await server.AccessTokens.ValidateAsync(token, CancellationToken.None);

    private async Task<(AuthServer Server, string Token)> GenuineAsync()
    {
        var server = await shared.GetAsync();
        return (server, (await (await Agent.RegisterAsync(server)).ConnectAsync()).AccessToken);
    }
}
