using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Tokens;

public sealed class CodeExchangeTests(Shared<AuthServer> shared, Shared<PostgresServer> postgres)
{
    [Fact]
    public async Task An_access_token_has_the_claims_of_RFC_9068_and_no_others()
    {
        var agent = await NewAgentAsync();
        var tokens = await agent.ConnectAsync();
        var token = Jwt.Of(tokens.AccessToken);
        token.Typ.Should().Be("at+jwt");
        token.Alg.Should().Be("ES256");
        token.Claims.Select(claim => claim.Type).Distinct().Should()
            .BeEquivalentTo("iss", "sub", "aud", "client_id", "scope", "jti", "iat", "exp", "org");
        token.Issuer.Should().Be(AuthServer.Issuer);
        token.GetPayloadValue<string>("client_id").Should().Be(agent.ClientId);
        (token.ValidTo - token.IssuedAt).Should().Be(TimeSpan.FromHours(1));
        tokens.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
        tokens.Text("token_type").Should().Be("Bearer");
        tokens.Body["expires_in"]!.GetValue<int>().Should().BeInRange(3590, 3600);
        tokens.Text("scope").Should().Be(Agent.AllScopes);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_replayed_code_revokes_the_tokens_it_gave(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code);

        var replay = await agent.ExchangeAsync(code);
        replay.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        replay.Error.Should().Be("invalid_grant");
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        await Poll.UntilAsync(async () => !await IsAcceptedAsync(server, tokens.AccessToken), "the access token to be refused");
    }

    [Fact]
    public async Task A_code_replayed_after_its_expiry_revokes_the_tokens_too()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code);
        server.Time.Advance(TimeSpan.FromMinutes(5));
        (await agent.ExchangeAsync(code)).Error.Should().Be("invalid_grant");
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Of_parallel_exchanges_of_one_code_at_most_one_succeeds_and_its_tokens_are_dead(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => agent.ExchangeAsync(code)));
        answers.Count(answer => answer.Error is null).Should().BeLessThanOrEqualTo(1);
        answers.Where(answer => answer.Error is not null).Should().OnlyContain(answer => answer.Error == "invalid_grant");
        foreach (var winner in answers.Where(answer => answer.Error is null))
            await Poll.UntilAsync(async () => !await IsAcceptedAsync(server, winner.AccessToken), "the winner's token to be refused");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_code_whose_tokens_can_not_be_audited_gives_none_and_stays_good(DatabaseKind kind)
    {
        await using var server = await AuthServer.StartAsync(database: await NewDatabase.OfAsync(kind, postgres));
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        server.Statements.Fails = statement => statement.Contains("INSERT INTO \"AuditRecords\"");
        var failed = await agent.Http.PostAsync("/oauth/token", Agent.Form(
            ("grant_type", "authorization_code"), ("client_id", agent.ClientId), ("code", code), ("redirect_uri", Agent.RedirectUri),
            ("code_verifier", agent.Verifier)));
        failed.StatusCode.Should().Be(HttpStatusCode.InternalServerError);

        server.Statements.Fails = null;
        (await agent.ExchangeAsync(code)).AccessToken.Should().NotBeEmpty();
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        (await db.Tokens.CountAsync()).Should().Be(3, "there are the code, and the tokens of the second exchange");
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var code = (await agent.AuthorizeAsync()).Code!;
        server.Time.Advance(TimeSpan.FromSeconds(61));
        (await agent.ExchangeAsync(code)).Error.Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "invalid_grant", "code_verifier does not match the code_challenge of this authorization")]
    [InlineData("code_verifier", null, "invalid_request", "code_verifier is missing")]
    [InlineData("redirect_uri", "https://client.example/other", "invalid_grant", "redirect_uri is not the one that this code was issued for")]
    [InlineData("redirect_uri", null, "invalid_request", "redirect_uri")]
    [InlineData("client_id", "unknown", "invalid_client", "client_id is not registered here")]
    [InlineData("client_id", null, "invalid_request", "client_id")]
    [InlineData("client_secret", "surprise", "invalid_client", "client secret was sent but this client is registered with token_endpoint_auth_method=none")]
    [InlineData("code", "nonsense", "invalid_grant", "code")]
    [InlineData("code", null, "invalid_request", "code")]
    [InlineData("grant_type", "password", "unsupported_grant_type", "grant_type must be")]
    [InlineData("grant_type", "client_credentials", "invalid_request", "client_secret")]
    [InlineData("grant_type", null, "invalid_request", "grant_type")]
    [InlineData("resource", "https://other.example/mcp", "invalid_target", "resource")]
    public async Task A_bad_parameter_is_refused_in_form_and_JSON_alike(string name, string? value, string error, string description)
    {
        var agent = await NewAgentAsync();
        var code = (await agent.AuthorizeAsync()).Code!;
        var fields = new Dictionary<string, string?>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = agent.ClientId,
            ["code"] = code,
            ["redirect_uri"] = Agent.RedirectUri,
            ["code_verifier"] = agent.Verifier,
        };
        fields[name] = value;
        foreach (var path in new[] { "/oauth/token", "/api/oauth/token" })
        {
            var form = await TokenAnswer.ReadAsync(await agent.Http.PostAsync(path, Agent.Form([.. fields.Select(field => (field.Key, field.Value))])));
            var json = await TokenAnswer.ReadAsync(await agent.Http.PostAsJsonAsync(path, fields));
            form.Error.Should().Be(error);
            form.Text("error_description").Should().Contain(description);
            form.Text("error_uri").Should().Be($"{AuthServer.Issuer}/oauth/errors#{error}");
            form.Response.StatusCode.Should().Be(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest);
            form.Response.Headers.WwwAuthenticate.Should().HaveCount(error == "invalid_client" ? 1 : 0);
            form.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
            json.Body.ToJsonString().Should().Be(form.Body.ToJsonString());
            json.Response.StatusCode.Should().Be(form.Response.StatusCode);
        }
    }

    [Fact]
    public async Task The_documents_JSON_exchange_works()
    {
        var agent = await NewAgentAsync();
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await TokenAnswer.ReadAsync(await agent.Http.PostAsJsonAsync("/api/oauth/token", new
        {
            grant_type = "authorization_code",
            client_id = agent.ClientId,
            code,
            redirect_uri = Agent.RedirectUri,
            code_verifier = agent.Verifier,
        }));
        tokens.AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_code_is_no_good_for_another_client()
    {
        var (agent, other) = (await NewAgentAsync(), await NewAgentAsync());
        other.Verifier = agent.Verifier;
        var code = (await agent.AuthorizeAsync()).Code!;
        (await other.ExchangeAsync(code)).Error.Should().Be("invalid_grant");
    }

    [Theory]
    [InlineData("client_secret_post")]
    [InlineData("client_secret_basic")]
    public async Task A_confidential_client_proves_itself(string method)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["token_endpoint_auth_method"] = method);
        var secret = agent.Registration["client_secret"]!.GetValue<string>();

        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!)).Error.Should().Be("invalid_client");
        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", "wrong"))).Error.Should().Be("invalid_client");
        if (method == "client_secret_post")
        {
            (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", secret))).AccessToken.Should().NotBeEmpty();
            return;
        }

        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{agent.ClientId}:{secret}"));
        agent.Http.DefaultRequestHeaders.Authorization = new("Basic", credentials);
        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_id", null))).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_client_that_did_not_register_for_refresh_tokens_gets_none()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["grant_types"] = new JsonArray("authorization_code"));
        var tokens = await agent.ConnectAsync(("scope", "deployments:read offline_access"));
        tokens.AccessToken.Should().NotBeEmpty();
        tokens.Text("refresh_token").Should().BeNull();
    }

    [Fact]
    public async Task With_openid_there_is_an_identity_token_for_the_client()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["scope"] = "openid profile email deployments:read");
        var tokens = await agent.ConnectAsync(("scope", "openid profile email"), ("nonce", "n-0S6_WzA2Mj"));
        var identity = Jwt.Of(tokens.Text("id_token")!);
        identity.Issuer.Should().Be(AuthServer.Issuer);
        identity.Audiences.Should().Equal(agent.ClientId);
        identity.GetPayloadValue<string>("nonce").Should().Be("n-0S6_WzA2Mj");
        identity.GetPayloadValue<string>("email").Should().Be(AuthServer.OwnerEmail);
        identity.GetPayloadValue<long>("auth_time").Should().BePositive();
        (await IsAcceptedAsync(await shared.GetAsync(), tokens.Text("id_token")!)).Should().BeFalse();
    }

    private static async Task<bool> IsAcceptedAsync(AuthServer server, string token) =>
        (await server.AccessTokens.ValidateAsync(token, CancellationToken.None)).Grant is not null;

    private async Task<Agent> NewAgentAsync() => await Agent.RegisterAsync(await shared.GetAsync());
}
