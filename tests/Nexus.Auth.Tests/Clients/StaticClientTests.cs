using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class StaticClientTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("a very secret secret")]
    public async Task The_operators_client_works_without_registering(string? secret)
    {
        await using var server = await StartAsync(secret);
        var agent = AgentOf(server);
        var answer = await agent.AuthorizeAsync();
        (await agent.ExchangeAsync(answer.Code!, ("client_secret", secret))).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Without_a_secret_PKCE_is_required()
    {
        await using var server = await StartAsync(null);
        var agent = AgentOf(server);
        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl(("code_challenge", null), ("code_challenge_method", null)));
        new Answer(page.LeftFor!).Error.Should().Be("invalid_request");
    }

    [Fact]
    public async Task A_new_secret_counts_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var database = new DatabaseOptions { DataDirectory = folder.Path };
        await using (await StartAsync("the old secret", database)) { }
        await using var server = await StartAsync("the new secret", database);
        var agent = AgentOf(server);
        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", "the old secret"))).Error.Should().Be("invalid_client");
        (await agent.ExchangeAsync((await agent.AuthorizeAsync()).Code!, ("client_secret", "the new secret"))).AccessToken.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Nobody_manages_it_through_the_registration_endpoint()
    {
        await using var server = await StartAsync("a very secret secret");
        var request = new HttpRequestMessage(HttpMethod.Delete, "/register/chatgpt");
        request.Headers.Authorization = new("Bearer", "");
        (await server.NewClient().SendAsync(request)).StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_bad_redirect_URI_ends_the_start_with_the_settings_name()
    {
        var start = () => AuthServer.StartAsync(options => options with { StaticClient = new("chatgpt", null, ["http://client.example/"]) });
        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("OAUTH_REDIRECT_URIS: http://client.example/*");
    }

    private static Task<AuthServer> StartAsync(string? secret, DatabaseOptions? database = null) => AuthServer.StartAsync(
        options => options with { StaticClient = new("chatgpt", secret, [Agent.RedirectUri, "https://client.example/other"]) }, database);

    private static Agent AgentOf(AuthServer server) =>
        new(server, server.NewClient(), new JsonObject { ["client_id"] = "chatgpt" });
}
