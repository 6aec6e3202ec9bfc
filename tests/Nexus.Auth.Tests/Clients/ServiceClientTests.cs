using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Clients;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Organizations;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

public sealed class ServiceClientTests(Shared<AuthServer> shared)
{
    private static readonly string[] Scopes = ["deployments:read", "deployments:create"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_client_acts_as_its_account(bool basic)
    {
        var server = await shared.GetAsync();
        var account = await AddMemberAsync(server);
        var client = await CreateAsync(server, account);
        var tokens = await TokenAsync(server, client.ClientId, client.ClientSecret, basic: basic);

        tokens.Text("scope").Should().Be("deployments:read deployments:create");
        tokens.Body.ContainsKey("refresh_token").Should().BeFalse();
        tokens.Body.ContainsKey("id_token").Should().BeFalse();
        var verdict = await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None);
        verdict.Grant!.UserId.Should().Be(account.UserId);
        verdict.Grant.OrganizationId.Should().Be(account.OrganizationId);
        var actor = await new ActorResolver(server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>())
            .ResolveAsync(verdict.Grant, "mcp", CancellationToken.None);
        actor!.Role.Should().Be(Role.Member);
    }

    [Theory]
    [InlineData("deployments:read", "deployments:read", null)]
    [InlineData("deployments:read deployments:delete", "deployments:read", null)]
    [InlineData("deployments:delete", null, "invalid_scope")]
    public async Task It_gets_no_more_than_it_was_made_for(string asked, string? granted, string? error)
    {
        var server = await shared.GetAsync();
        var client = await CreateAsync(server, await AddMemberAsync(server));
        var answer = await TokenAsync(server, client.ClientId, client.ClientSecret, ("scope", asked));
        answer.Error.Should().Be(error);
        if (error is null) Jwt.Of(answer.AccessToken).GetPayloadValue<string>("scope").Should().Be(granted);
    }

    [Fact]
    public async Task It_gets_no_more_than_its_accounts_role_can_use()
    {
        var server = await shared.GetAsync();
        var client = await CreateAsync(server, await AddMemberAsync(server, Role.Auditor));
        (await TokenAsync(server, client.ClientId, client.ClientSecret)).Text("scope").Should().Be("deployments:read");
    }

    [Fact]
    public async Task An_account_that_left_gets_no_tokens()
    {
        var server = await shared.GetAsync();
        var account = await AddMemberAsync(server);
        var client = await CreateAsync(server, account);
        await using (var db = await CoreAsync(server))
            await db.Members.Where(member => member.UserId == account.UserId).ExecuteDeleteAsync();
        var answer = await TokenAsync(server, client.ClientId, client.ClientSecret);
        answer.Error.Should().Be("invalid_grant");
        answer.Text("error_description").Should().Contain("service account");
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_deleting_ends_the_tokens()
    {
        var server = await shared.GetAsync();
        var account = await AddMemberAsync(server);
        var client = await CreateAsync(server, account);
        var secret = await WithAsync(server, clients => clients.RotateSecretAsync(client.ClientId, account.OrganizationId, default));
        (await TokenAsync(server, client.ClientId, client.ClientSecret)).Error.Should().Be("invalid_client");
        var tokens = await TokenAsync(server, client.ClientId, secret);

        await WithAsync(server, async clients =>
        {
            await clients.DeleteAsync(client.ClientId, account.OrganizationId, default);
            return 0;
        });
        (await TokenAsync(server, client.ClientId, secret)).Error.Should().Be("invalid_client");
        (await server.AccessTokens.ValidateAsync(tokens.AccessToken, CancellationToken.None)).Problem.Should().Be("the access token is revoked");
    }

    [Fact]
    public async Task Each_organisation_sees_and_changes_its_own()
    {
        var server = await shared.GetAsync();
        var account = await AddMemberAsync(server);
        var client = await CreateAsync(server, account);
        var listed = await WithAsync(server, clients => clients.ListAsync(account.OrganizationId, default));
        var found = listed.Single(one => one.ClientId == client.ClientId);
        found.Name.Should().Be("nightly deploys");
        found.ServiceAccountId.Should().Be(account.UserId);
        found.Scopes.Should().Equal(Scopes);

        var stranger = Guid.NewGuid();
        (await WithAsync(server, clients => clients.ListAsync(stranger, default))).Should().BeEmpty();
        var rotate = () => WithAsync(server, clients => clients.RotateSecretAsync(client.ClientId, stranger, default));
        (await rotate.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("CLIENT_NOT_FOUND");
    }

    [Fact]
    public async Task Scopes_of_people_are_not_for_service_clients()
    {
        var server = await shared.GetAsync();
        foreach (string[] bad in new string[][] { [], ["openid"], ["everything"] })
        {
            var create = () => WithAsync(server, clients => clients.CreateAsync(Guid.NewGuid(), Guid.NewGuid(), "x", bad, default));
            (await create.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("INVALID_SCOPE");
        }
    }

    [Fact]
    public async Task It_can_do_nothing_that_needs_a_person()
    {
        var server = await shared.GetAsync();
        var client = await CreateAsync(server, await AddMemberAsync(server));
        var agent = new Agent(server, server.NewClient(), new JsonObject { ["client_id"] = client.ClientId });
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).LeftFor.Should().BeNull();
        (await DeviceClient.AskAsync(agent, ("client_secret", client.ClientSecret))).Error.Should().Be("unauthorized_client");
        (await agent.RefreshAsync("x", ("client_secret", client.ClientSecret))).Error.Should().NotBeNull();
    }

    [Fact]
    public async Task The_user_info_is_the_accounts()
    {
        var server = await shared.GetAsync();
        var account = await AddMemberAsync(server);
        var client = await CreateAsync(server, account);
        var tokens = await TokenAsync(server, client.ClientId, client.ClientSecret);
        var http = server.NewClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.AccessToken);
        var info = await http.GetFromJsonAsync<JsonObject>("/oauth/me");
        info!["sub"]!.GetValue<Guid>().Should().Be(account.UserId);
        info["name"]!.GetValue<string>().Should().Be("robot");
        info["role"]!.GetValue<string>().Should().Be("Member");
    }

    [Fact]
    public async Task A_client_that_registered_itself_never_acts_without_a_person()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server, metadata =>
        {
            metadata["grant_types"] = new JsonArray("client_credentials");
            metadata["token_endpoint_auth_method"] = "client_secret_post";
            metadata.Remove("redirect_uris");
            metadata.Remove("response_types");
        });
        agent.Registration["grant_types"]!.AsArray().Should().BeEmpty("the answer says what it got (RFC 7591 §3.2.1)");
        var answer = await TokenAsync(server, agent.ClientId, agent.Registration["client_secret"]!.GetValue<string>());
        answer.Error.Should().Be("unauthorized_client");
        answer.Text("error_description").Should().Contain("an Admin made for a service account");
    }

    private static async Task<TokenAnswer> TokenAsync(
        AuthServer server, string clientId, string secret, (string, string?)? parameter = null, bool basic = false)
    {
        var http = server.NewClient();
        List<(string, string?)> form = [("grant_type", "client_credentials")];
        if (parameter is { } extra) form.Add(extra);
        if (basic)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{clientId}:{secret}")));
        else form.AddRange([("client_id", clientId), ("client_secret", secret)]);
        return await TokenAnswer.ReadAsync(await http.PostAsync("/oauth/token", Agent.Form([.. form])));
    }

    private static Task<NewServiceClient> CreateAsync(AuthServer server, Member account) => WithAsync(
        server, clients => clients.CreateAsync(account.OrganizationId, account.UserId, "nightly deploys", Scopes, default));

    private static async Task<T> WithAsync<T>(AuthServer server, Func<ServiceClients, Task<T>> use)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ServiceClients>());
    }

    private static async Task<Member> AddMemberAsync(AuthServer server, Role role = Role.Member)
    {
        await using var db = await CoreAsync(server);
        var member = new Member
        {
            OrganizationId = (await db.Organizations.FirstAsync()).Id,
            UserId = Guid.CreateVersion7(),
            Email = $"robot-{Guid.NewGuid():N}@service.invalid",
            Name = "robot",
            Role = role,
            JoinedAt = server.Time.GetUtcNow(),
        };
        db.Members.Add(member);
        await db.SaveChangesAsync();
        return member;
    }

    private static Task<NexusDbContext> CoreAsync(AuthServer server) =>
        server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();
}
