using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Keys;

public sealed class KeyRotationTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_new_key_is_published_by_every_node_before_it_signs_and_the_old_one_until_its_last_token_is_dead(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var database = await NewDatabase.OfAsync(kind, postgres) ?? new DatabaseOptions { DataDirectory = folder.Path };
        await using var one = await AuthServer.StartAsync(database: database);
        await using var other = await AuthServer.StartAsync(database: database);
        var agent = await Agent.RegisterAsync(one);
        var before = await agent.ConnectAsync();
        var old = Jwt.Of(before.AccessToken).Kid;

        var announced = await KeysOf(one).RotateAsync(atOnce: false, CancellationToken.None);
        foreach (var node in new[] { one, other })
            await Poll.UntilAsync(async () => (await PublishedAsync(node)).Contains(announced.KeyId), "each node to publish the new key by itself");
        var quiet = await agent.RefreshAsync(before.RefreshToken);
        Jwt.Of(quiet.AccessToken).Kid.Should().Be(old, "others may still have a copy of the keys without the new one");

        Advance(TimeSpan.FromMinutes(6), one, other);
        var after = await agent.RefreshAsync(quiet.RefreshToken);
        Jwt.Of(after.AccessToken).Kid.Should().Be(announced.KeyId);
        (await PublishedAsync(other)).Should().Equal(old, announced.KeyId);
        foreach (var token in new[] { quiet.AccessToken, after.AccessToken })
            (await other.AccessTokens.ValidateAsync(token, CancellationToken.None)).Problem.Should().BeNull();

        Advance(TimeSpan.FromMinutes(62), one, other);
        (await PublishedAsync(one)).Should().Equal(announced.KeyId);
        (await agent.RefreshAsync(after.RefreshToken)).AccessToken.Should().NotBeEmpty("refresh tokens outlive rotations");
    }

    [Fact]
    public async Task The_notice_is_longer_than_others_may_keep_a_copy()
    {
        await using var server = await AuthServer.StartAsync();
        var response = await server.NewClient().GetAsync("/.well-known/jwks.json");
        var announced = await KeysOf(server).RotateAsync(atOnce: false, CancellationToken.None);
        (announced.SignsFrom - server.Time.GetUtcNow()).Should().BeGreaterThan(response.Headers.CacheControl!.MaxAge!.Value);
    }

    [Fact]
    public async Task A_rotation_that_is_under_way_is_told_and_not_doubled()
    {
        await using var server = await AuthServer.StartAsync();
        var rotations = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => KeysOf(server).RotateAsync(atOnce: false, CancellationToken.None)));
        rotations.Select(rotation => rotation.KeyId).Distinct().Should().ContainSingle();
        (await KeysOf(server).ListAsync(CancellationToken.None)).Select(key => key.State)
            .Should().Equal(SigningKeyState.Signing, SigningKeyState.Announced);
    }

    [Fact]
    public async Task A_key_that_leaked_is_replaced_at_once_and_what_it_signed_is_refused()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        var replaced = await KeysOf(server).RotateAsync(atOnce: true, CancellationToken.None);

        await Poll.UntilAsync(async () => (await PublishedAsync(server)).SequenceEqual([replaced.KeyId]), "the old key to be gone");
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant.Should().BeNull();
        var next = await agent.RefreshAsync(tokens.RefreshToken);
        Jwt.Of(next.AccessToken).Kid.Should().Be(replaced.KeyId);
    }

    [Fact]
    public async Task A_token_whose_key_was_dropped_while_it_was_in_use_is_refused_too()
    {
        await using var server = await AuthServer.StartAsync();
        var tokens = await (await Agent.RegisterAsync(server)).ConnectAsync();
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant.Should().NotBeNull();
        await KeysOf(server).RotateAsync(atOnce: true, CancellationToken.None);
        await Poll.UntilAsync(
            async () => (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Grant is null, "refusal");
    }

    [Fact]
    public async Task Keys_from_a_secret_are_rotated_by_the_settings_and_the_command_says_so()
    {
        const string Old = "an old signing secret of 32 bytes or more", New = "a new signing secret of 32 bytes or more";
        using var folder = new TemporaryFolder();
        var database = new DatabaseOptions { DataDirectory = folder.Path };
        string accepted;
        await using (var announcing = await AuthServer.StartAsync(options => options with { SigningSecret = Old, NextSigningSecret = New }, database))
        {
            accepted = (await (await Agent.RegisterAsync(announcing)).ConnectAsync()).AccessToken;
            (await PublishedAsync(announcing)).Should().HaveCount(2).And.StartWith(Jwt.Of(accepted).Kid);
            var rotate = () => KeysOf(announcing).RotateAsync(atOnce: false, CancellationToken.None);
            (await rotate.Should().ThrowAsync<NexusException>()).Which.Hint.Should().Contain("OAUTH_SIGNING_SECRET_NEXT");
        }

        await using var swapped = await AuthServer.StartAsync(options => options with { SigningSecret = New, PreviousSigningSecret = Old }, database);
        (await swapped.AccessTokens.ValidateAsync(accepted, CancellationToken.None)).Grant.Should().NotBeNull();
        var next = await (await Agent.RegisterAsync(swapped)).ConnectAsync();
        Jwt.Of(next.AccessToken).Kid.Should().Be((await PublishedAsync(swapped))[1]).And.NotBe(Jwt.Of(accepted).Kid);
    }

    [Fact]
    public async Task RS256_by_configuration_signs_everything_and_the_metadata_says_so()
    {
        await using var server = await AuthServer.StartAsync(options => options with { SigningAlgorithm = SigningAlgorithm.RS256 });
        var agent = await Agent.RegisterAsync(server, metadata => metadata["scope"] = "openid deployments:read");
        var tokens = await agent.ConnectAsync(("scope", "openid deployments:read"));
        Jwt.Of(tokens.AccessToken).Alg.Should().Be("RS256");
        Jwt.Of(tokens.Text("id_token")!).Alg.Should().Be("RS256");
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Problem.Should().BeNull();
        Jwt.Of(await FirstParty.LoginAsync(server)).Alg.Should().Be("RS256");

        var key = (await KeysAsync(server)).Should().ContainSingle().Subject!.AsObject();
        key.Select(member => member.Key).Should().BeEquivalentTo("kty", "use", "alg", "kid", "n", "e");
        (await AlgorithmsAsync(server)).Should().Equal("RS256");
    }

    [Fact]
    public async Task Another_algorithm_in_the_settings_is_a_rotation()
    {
        using var folder = new TemporaryFolder();
        var database = new DatabaseOptions { DataDirectory = folder.Path };
        string before;
        await using (var first = await AuthServer.StartAsync(database: database))
            before = (await (await Agent.RegisterAsync(first)).ConnectAsync()).AccessToken;

        await using var server = await AuthServer.StartAsync(options => options with { SigningAlgorithm = SigningAlgorithm.RS256 }, database);
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        Jwt.Of(tokens.AccessToken).Alg.Should().Be("ES256", "the new key is only announced");
        (await AlgorithmsAsync(server)).Should().Equal("ES256", "RS256");
        server.Time.Advance(TimeSpan.FromMinutes(7));
        Jwt.Of((await agent.RefreshAsync(tokens.RefreshToken)).AccessToken).Alg.Should().Be("RS256");
        (await server.AccessTokens.ValidateAsync(before, CancellationToken.None)).Problem.Should().BeNull();
    }

    [Fact]
    public async Task RS256_with_a_secret_is_refused_at_start()
    {
        var start = () => AuthServer.StartAsync(options => options with
        {
            SigningSecret = "a signing secret of 32 bytes or more",
            SigningAlgorithm = SigningAlgorithm.RS256,
        });
        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage("*ES256*");
    }

    private static SigningKeys KeysOf(AuthServer server) => server.Services.GetRequiredService<SigningKeys>();

    private static void Advance(TimeSpan time, params AuthServer[] servers)
    {
        foreach (var server in servers) server.Time.Advance(time);
    }

    private static async Task<JsonArray> KeysAsync(AuthServer server) =>
        (await server.NewClient().GetFromJsonAsync<JsonObject>("/.well-known/jwks.json"))!["keys"]!.AsArray();

    private static async Task<IReadOnlyList<string>> PublishedAsync(AuthServer server) =>
        [.. (await KeysAsync(server)).Select(key => key!["kid"]!.GetValue<string>())];

    private static async Task<IEnumerable<string>> AlgorithmsAsync(AuthServer server) =>
        (await server.NewClient().GetFromJsonAsync<JsonObject>("/.well-known/openid-configuration"))!["id_token_signing_alg_values_supported"]!
            .AsArray().Select(algorithm => algorithm!.GetValue<string>());
}
