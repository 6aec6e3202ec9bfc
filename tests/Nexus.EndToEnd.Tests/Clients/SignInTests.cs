using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>What holds for every client that signs in by itself, knowing nothing but the MCP URL.</summary>
public abstract class SignInTests(Shared<Stage> shared, string clientName)
{
    /// <summary>The next one answers a missing scope with HTTP 403, upon which clients ask the person again by themselves.</summary>
    private const string NewestWithoutStepUp = "2025-11-25";

    [Fact]
    public async Task A_client_that_has_never_seen_it_registers_signs_in_and_deploys()
    {
        var stage = await shared.GetAsync();
        ConsentPage? seen = null;

        await using var agent = await ConnectAsync(stage, new(clientName, async url => seen = await stage.Owner.AllowAsync(url)));

        seen!.Client.Should().Be(clientName);
        seen.Facts.Should().Contain("unverified").And.Contain("127.0.0.1").And.Contain(OwnerAccount.Email);
        seen.Scopes.Should().Contain(["deployments:read", "deployments:create", "deployments:logs", "deployments:delete"]);
        await new DeploymentStory(stage, agent).PlayAsync();
    }

    [Fact]
    public async Task A_dead_access_token_is_refreshed_without_asking_the_person_again()
    {
        var stage = await shared.GetAsync();
        var visits = 0;
        await using var agent = await ConnectAsync(stage, new(clientName, url =>
        {
            (++visits).Should().Be(1, "the refresh token is enough");
            return stage.Owner.AllowAsync(url);
        }));

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await agent.SpoilAccessTokenAsync();
            (await agent.CallAsync("nexusai_whoami")).Data.GetProperty("user").GetProperty("email").GetString().Should().Be(OwnerAccount.Email);
        }
    }

    [Fact]
    public async Task A_person_who_presses_Deny_has_the_client_told_of_access_denied()
    {
        var stage = await shared.GetAsync();

        var connect = () => ConnectAsync(stage, new(clientName, stage.Owner.DenyAsync));

        (await connect.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("access_denied");
    }

    [Fact]
    public async Task A_person_who_leaves_only_reading_ticked_has_the_client_told_which_scope_is_missing()
    {
        var stage = await shared.GetAsync();
        await using var agent = await ConnectAsync(stage, new(clientName, url => stage.Owner.AllowOnlyAsync(url, "deployments:read")), NewestWithoutStepUp);

        (await agent.CallAsync("nexusai_deploy_list")).IsError.Should().BeFalse();
        (await agent.CallAsync("nexusai_deploy_create", new { image = "alpine:nexus-test", port = 80 })).ErrorCode.Should().Be("MISSING_SCOPE");
    }

    private protected abstract Task<ISignedInAgent> ConnectAsync(Stage stage, SignInWish wish, string? revision = null);
}
