using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>The OAuth libraries that JavaScript developers use, both by a certified author, from discovery to the end of a registration.</summary>
public sealed class OAuthLibraryTests(Shared<Stage> shared)
{
    [Theory]
    [InlineData("openid-client")]
    [InlineData("oauth4webapi")]
    public async Task A_library_signs_in_refreshes_introspects_revokes_and_manages_its_registration(string library)
    {
        var stage = await shared.GetAsync();
        var facts = await OAuthStory.PlayAsync(library, "code", stage, stage.Owner.AllowAsync);

        facts.GetProperty("email").GetString().Should().Be(OwnerAccount.Email);
        facts.GetProperty("scope").GetString()!.Split(' ').Should().Contain(["openid", "deployments:read", "deployments:logs"]);
        facts.GetProperty("live").GetBoolean().Should().BeTrue();
        facts.GetProperty("dead").GetBoolean().Should().BeFalse("revoking the refresh token ends what came of it");
        var managed = facts.GetProperty("managed");
        managed.GetProperty("read").GetBoolean().Should().BeTrue();
        managed.GetProperty("name").GetString().Should().Be("renamed");
        managed.GetProperty("deleted").GetInt32().Should().Be(204);
        managed.GetProperty("gone").GetInt32().Should().Be(401);
    }

    [Theory]
    [InlineData("openid-client")]
    [InlineData("oauth4webapi")]
    public async Task A_library_proves_itself_with_a_private_key(string library)
    {
        var stage = await shared.GetAsync();
        var facts = await OAuthStory.PlayAsync(library, "key", stage, stage.Owner.AllowAsync);
        facts.GetProperty("live").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("openid-client")]
    [InlineData("oauth4webapi")]
    public async Task A_library_connects_a_device(string library)
    {
        var stage = await shared.GetAsync();
        var facts = await OAuthStory.PlayAsync(library, "device", stage, stage.Owner.AllowDeviceAsync);
        facts.GetProperty("scope").GetString().Should().Be("deployments:read");
    }

    [Theory]
    [InlineData("openid-client")]
    [InlineData("oauth4webapi")]
    public async Task A_library_acts_for_a_service_account_that_the_owner_made(string library)
    {
        var stage = await shared.GetAsync();
        var credentials = await stage.Owner.MakeServiceAccountAsync(new(stage.Server.BaseUrl, "/service-accounts"), $"robot of {library}");
        var facts = await OAuthStory.PlayAsync(library, "credentials", stage, _ => Task.CompletedTask, credentials);
        facts.GetProperty("scope").GetString().Should().Be("deployments:read");
        Guid.Parse(facts.GetProperty("subject").GetString()!).Should().NotBeEmpty();
        facts.GetProperty("refreshes").GetBoolean().Should().BeFalse();
    }
}
