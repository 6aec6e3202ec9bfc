using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class RegistrationManagementTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task A_client_reads_its_registration()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var response = await SendAsync(agent, HttpMethod.Get);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        JsonNode.DeepEquals(body, agent.Registration).Should().BeTrue(body!.ToJsonString());
    }

    [Fact]
    public async Task A_client_replaces_its_metadata_and_lives_by_it()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var metadata = Agent.Metadata();
        metadata["client_id"] = agent.ClientId;
        metadata["redirect_uris"] = new JsonArray("https://client.example/other");
        var response = await SendAsync(agent, HttpMethod.Put, metadata);
        response.StatusCode.Should().Be(HttpStatusCode.OK);

        var page = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        page.LeftFor.Should().BeNull();
        page.Html.Should().Contain("redirect_uri is not one of");
    }

    [Fact]
    public async Task A_client_can_not_take_anothers_name_or_leave_its_redirect_URIs_out()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        var stolen = Agent.Metadata();
        stolen["client_id"] = "somebody-else";
        (await SendAsync(agent, HttpMethod.Put, stolen)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var empty = new JsonObject { ["client_id"] = agent.ClientId };
        (await SendAsync(agent, HttpMethod.Put, empty)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_client_that_deletes_itself_is_unknown_and_its_tokens_are_dead()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        (await SendAsync(agent, HttpMethod.Delete)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_client");
        (await SendAsync(agent, HttpMethod.Get)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var verdict = await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Problem.Should().Be("the access token is revoked");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_its_token_nobody_gets_at_a_registration(string? token)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            var response = await SendAsync(agent, method, Agent.Metadata(), token ?? "");
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.Should().ContainSingle();
        }
    }

    [Fact]
    public async Task Another_clients_token_is_no_good()
    {
        var server = await shared.GetAsync();
        var (mine, yours) = (await Agent.RegisterAsync(server), await Agent.RegisterAsync(server));
        var token = mine.Registration["registration_access_token"]!.GetValue<string>();
        (await SendAsync(yours, HttpMethod.Get, token: token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpResponseMessage> SendAsync(Agent agent, HttpMethod method, JsonObject? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, $"/register/{agent.ClientId}");
        if (body is not null && method == HttpMethod.Put) request.Content = JsonContent.Create(body);
        token ??= agent.Registration["registration_access_token"]!.GetValue<string>();
        if (token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await agent.Http.SendAsync(request);
    }
}
