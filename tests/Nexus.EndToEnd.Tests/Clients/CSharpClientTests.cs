using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

public sealed class CSharpClientTests(Shared<Stage> shared) : SignInTests(shared, "C# client")
{
    private readonly Shared<Stage> _shared = shared;

    [Fact]
    public async Task A_client_of_the_newest_revision_that_needs_more_asks_the_person_once_more_and_gets_it()
    {
        var stage = await _shared.GetAsync();
        var asked = 0;
        await using var agent = await CSharpAgent.ConnectAsync(stage, new("C# climber", url => ++asked == 1
            ? stage.Owner.AllowOnlyAsync(url, "deployments:read")
            : stage.Owner.AllowAsync(url)));

        var planned = await agent.CallAsync("nexusai_deploy_create", new { image = "alpine:nexus-test", port = 80, dryRun = true });

        planned.Data.GetProperty("dryRun").GetBoolean().Should().BeTrue();
        asked.Should().Be(2);
    }

    private protected override async Task<ISignedInAgent> ConnectAsync(Stage stage, SignInWish wish, string? revision = null) =>
        await CSharpAgent.ConnectAsync(stage, wish, revision);
}
