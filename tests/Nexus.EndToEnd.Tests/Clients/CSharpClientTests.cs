using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

public sealed class CSharpClientTests(Shared<Stage> shared) : SignInTests(shared, "C# client")
{
    private static readonly string[] OnlyReading = ["deployments:read"];

    private readonly Shared<Stage> _shared = shared;

    [Fact]
    public async Task A_client_of_an_older_revision_that_may_only_read_is_told_which_scope_is_missing()
    {
        var stage = await _shared.GetAsync();
        await using var agent = await CSharpAgent.ConnectAsync(
            stage, new("C# reader", stage.Owner.AllowAsync, OnlyReading), revision: "2025-11-25");

        var created = await agent.CallAsync("nexusai_deploy_create", new { image = "alpine:nexus-test", port = 80 });
        var listed = await agent.CallAsync("nexusai_deploy_list");

        created.ErrorCode.Should().Be("MISSING_SCOPE");
        listed.IsError.Should().BeFalse();
    }

    private protected override async Task<ISignedInAgent> ConnectAsync(Stage stage, SignInWish wish) => await CSharpAgent.ConnectAsync(stage, wish);
}
