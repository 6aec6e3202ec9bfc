using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class PrivateKeyJwtTests(Shared<AuthServer> shared)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly ClientKey _key = new("one");

    [Fact]
    public async Task A_client_proves_itself_with_its_registered_key()
    {
        var agent = await RegisterAsync();
        agent.Registration["token_endpoint_auth_method"]!.GetValue<string>().Should().Be("private_key_jwt");
        agent.Registration.ContainsKey("client_secret").Should().BeFalse();
        agent.Registration["jwks"]!["keys"]!.AsArray().Should().ContainSingle();
        var tokens = await ExchangeAsync(agent, _key.Assert(agent.ClientId, Now(await shared.GetAsync())));
        tokens.AccessToken.Should().NotBeEmpty();
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_client", "a refresh needs its own assertion");
    }

    [Fact]
    public async Task The_assertion_alone_says_which_client_it_is()
    {
        var agent = await RegisterAsync();
        var code = (await agent.AuthorizeAsync()).Code!;
        var tokens = await agent.ExchangeAsync(code, [("client_id", null), .. Proof(_key.Assert(agent.ClientId, Now(await shared.GetAsync())))]);
        tokens.AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task An_assertion_is_good_once()
    {
        var agent = await RegisterAsync();
        var assertion = _key.Assert(agent.ClientId, Now(await shared.GetAsync()));
        (await ExchangeAsync(agent, assertion)).AccessToken.Should().NotBeEmpty();
        var again = await ExchangeAsync(agent, assertion);
        again.Error.Should().Be("invalid_client");
        again.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        again.Text("error_description").Should().Contain("already used");
    }

    [Fact]
    public async Task Of_many_uses_at_once_one_succeeds()
    {
        var agent = await RegisterAsync();
        var tokens = await ExchangeAsync(agent, _key.Assert(agent.ClientId, Now(await shared.GetAsync())));
        var assertion = _key.Assert(agent.ClientId, Now(await shared.GetAsync()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => agent.Http.PostAsync("/oauth/introspect", Agent.Form(
            [("client_id", agent.ClientId), ("token", tokens.AccessToken), .. Proof(assertion)]))));
        answers.Count(answer => answer.IsSuccessStatusCode).Should().Be(1);
    }

    public static TheoryData<string, object?> BadClaims() => new()
    {
        { "aud", "https://other.example" },
        { "aud", null },
        { "aud", new[] { AuthServer.Issuer, "https://other.example" } },
        { "iss", "somebody-else" },
        { "sub", "somebody-else" },
        { "sub", null },
        { "iss", null },
        { "jti", null },
        { "jti", new string('a', 201) },
        { "exp", null },
        { "exp", -60 },
        { "exp", 3600 },
        { "nbf", 300 },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task An_assertion_that_says_something_else_is_refused(string claim, object? value)
    {
        var agent = await RegisterAsync();
        var now = Now(await shared.GetAsync());
        if (value is int seconds) value = now.AddSeconds(seconds).ToUnixTimeSeconds();
        var answer = await ExchangeAsync(agent, _key.Assert(agent.ClientId, now, (claim, value)));
        answer.Error.Should().Be("invalid_client", answer.Body.ToJsonString());
        answer.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(AuthServer.Issuer + "/oauth/token")]
    [InlineData(AuthServer.Issuer + "/api/oauth/token")]
    [InlineData(AuthServer.Issuer + "/")]
    public async Task The_audience_may_be_the_token_endpoint(string audience)
    {
        var agent = await RegisterAsync();
        (await ExchangeAsync(agent, _key.Assert(agent.ClientId, Now(await shared.GetAsync()), ("aud", audience)))).AccessToken.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("client-authentication+jwt", null)]
    [InlineData("JWT", null)]
    [InlineData("at+jwt", "invalid_client")]
    public async Task A_token_of_another_type_is_no_assertion(string type, string? error)
    {
        var key = new ClientKey("typed") { Type = type };
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata =>
        {
            metadata["token_endpoint_auth_method"] = "private_key_jwt";
            metadata["jwks"] = ClientKey.SetOf(key);
        });
        (await ExchangeAsync(agent, key.Assert(agent.ClientId, Now(await shared.GetAsync())))).Error.Should().Be(error);
    }

    [Fact]
    public async Task Another_key_a_symmetric_one_or_none_proves_nothing()
    {
        var agent = await RegisterAsync();
        var now = Now(await shared.GetAsync());
        var publicKey = Encoding.UTF8.GetBytes(_key.Public().ToJsonString());
        var claims = new Dictionary<string, object>
        {
            ["iss"] = agent.ClientId,
            ["sub"] = agent.ClientId,
            ["aud"] = AuthServer.Issuer,
            ["jti"] = "1",
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
        };
        string[] assertions =
        [
            new ClientKey("one").Assert(agent.ClientId, now),
            ClientKey.Sign(claims, new(new SymmetricSecurityKey(publicKey) { KeyId = "one" }, SecurityAlgorithms.HmacSha256)),
            ClientKey.Sign(claims, null),
            "not a token",
            "a.b.c",
        ];
        foreach (var assertion in assertions)
        {
            var answer = await ExchangeAsync(agent, assertion);
            answer.Error.Should().Be("invalid_client", answer.Body.ToJsonString());
            answer.Response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_client_with_a_secret_can_not_use_an_assertion_and_the_other_way_round()
    {
        var withKey = await RegisterAsync();
        (await withKey.ExchangeAsync((await withKey.AuthorizeAsync()).Code!, ("client_secret", "guess"))).Error.Should().Be("invalid_client");
        var withSecret = await Agent.RegisterAsync(await shared.GetAsync(), metadata =>
        {
            metadata["token_endpoint_auth_method"] = "client_secret_post";
            metadata["jwks"] = ClientKey.SetOf(_key);
        });
        withSecret.Registration.ContainsKey("jwks").Should().BeFalse();
        (await ExchangeAsync(withSecret, _key.Assert(withSecret.ClientId, Now(await shared.GetAsync())))).Error.Should().Be("invalid_client");
    }

    public static TheoryData<string> BadKeySets()
    {
        var key = new ClientKey("one");
        return
        [
            "{}",
            "[]",
            "\"text\"",
            """{"keys":[]}""",
            """{"keys":[7]}""",
            """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""",
            """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]}""",
            """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""",
            """{"keys":[{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}]}""",
            """{"keys":[{"kty":"EC","crv":"P-256","x":"not base64!","y":"AA"}]}""",
            new JsonObject { ["keys"] = new JsonArray(key.Private()) }.ToJsonString(),
            new JsonObject { ["keys"] = new JsonArray([.. Enumerable.Range(0, 11).Select(_ => key.Public())]) }.ToJsonString(),
        ];
    }

    [Theory]
    [MemberData(nameof(BadKeySets))]
    public async Task Keys_that_are_no_good_are_not_registered(string keys) =>
        await RefusesAsync(metadata => metadata["jwks"] = JsonNode.Parse(keys));

    [Fact]
    public async Task A_client_registers_its_keys_or_where_they_are_and_not_both_or_neither()
    {
        await RefusesAsync(_ => { });
        await RefusesAsync(metadata => (metadata["jwks"], metadata["jwks_uri"]) = (ClientKey.SetOf(_key), "https://client.example/jwks"));
        await RefusesAsync(metadata => metadata["jwks_uri"] = "http://client.example/jwks");
        await RefusesAsync(metadata => metadata["jwks_uri"] = "https://user@client.example/jwks");
    }

    [Fact]
    public async Task A_published_key_that_changes_is_followed()
    {
        await using var site = await DocumentSite.StartAsync();
        await using var server = await AuthServer.StartAsync(outbound: site.Outbound);
        var (first, second) = (new ClientKey("first"), new ClientKey("second"));
        site.ServeJson("/jwks", ClientKey.SetOf(first));
        var agent = await Agent.RegisterAsync(server, metadata =>
        {
            metadata["token_endpoint_auth_method"] = "private_key_jwt";
            metadata["jwks_uri"] = site.UrlOf("/jwks");
        });
        (await ExchangeAsync(agent, first.Assert(agent.ClientId, Now(server)))).AccessToken.Should().NotBeEmpty();
        (await ExchangeAsync(agent, first.Assert(agent.ClientId, Now(server)))).AccessToken.Should().NotBeEmpty();
        site.VisitsOf("/jwks").Should().Be(1, "the keys are cached");

        site.ServeJson("/jwks", ClientKey.SetOf(second));
        (await ExchangeAsync(agent, second.Assert(agent.ClientId, Now(server)))).Error.Should().Be("invalid_client", "a stranger can't have them fetched at will");
        server.Time.Advance(TimeSpan.FromSeconds(31));
        (await ExchangeAsync(agent, second.Assert(agent.ClientId, Now(server)))).AccessToken.Should().NotBeEmpty();
        (await ExchangeAsync(agent, first.Assert(agent.ClientId, Now(server)))).Error.Should().Be("invalid_client");
        site.VisitsOf("/jwks").Should().Be(2);
    }

    [Fact]
    public async Task Keys_on_this_machine_are_not_fetched()
    {
        await using var site = await DocumentSite.StartAsync();
        site.ServeJson("/jwks", ClientKey.SetOf(_key));
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata =>
        {
            metadata["token_endpoint_auth_method"] = "private_key_jwt";
            metadata["jwks_uri"] = site.UrlOf("/jwks");
        });
        var answer = await ExchangeAsync(agent, _key.Assert(agent.ClientId, Now(await shared.GetAsync())));
        answer.Error.Should().Be("invalid_client");
        answer.Text("error_description").Should().Contain("not public");
        site.VisitsOf("/jwks").Should().Be(0);
    }

    private static DateTimeOffset Now(AuthServer server) => server.Time.GetUtcNow();

    private static (string, string?)[] Proof(string assertion) => [("client_assertion_type", AssertionType), ("client_assertion", assertion)];

    private static async Task<TokenAnswer> ExchangeAsync(Agent agent, string assertion) =>
        await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, Proof(assertion));

    private async Task<Agent> RegisterAsync() => await Agent.RegisterAsync(await shared.GetAsync(), metadata =>
    {
        metadata["token_endpoint_auth_method"] = "private_key_jwt";
        metadata["jwks"] = ClientKey.SetOf(_key);
    });

    private async Task RefusesAsync(Action<JsonObject> change)
    {
        var metadata = Agent.Metadata();
        metadata["token_endpoint_auth_method"] = "private_key_jwt";
        change(metadata);
        var response = await (await shared.GetAsync()).NewClient().PostAsJsonAsync("/register", metadata);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        body!["error"]!.GetValue<string>().Should().Be("invalid_client_metadata");
        body["error_description"]!.GetValue<string>().Should().StartWith("jwks");
    }
}
