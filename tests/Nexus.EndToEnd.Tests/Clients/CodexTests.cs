using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary><c>@openai/codex</c>, set up as the README says.</summary>
public sealed class CodexTests(Shared<Stage> shared)
{
    [Fact]
    public async Task Codex_registers_signs_in_stays_signed_in_and_deploys()
    {
        var stage = await shared.GetAsync();
        using var home = new TemporaryFolder();

        await using var adding = ChildProcess.Start(Codex(home, "mcp", "add", "nexus", "--url", stage.McpEndpoint.AbsoluteUri));
        var seen = await stage.Owner.AllowAsync(await adding.Log.AuthorizeUrlAsync());
        var exitCode = await adding.WaitForExitAsync();

        exitCode.Should().Be(0, "{0}", adding.Log);
        seen.Client.Should().Be("Codex");
        (await ListAsync(home)).Should().MatchRegex($@"nexus\s+{stage.McpEndpoint}\s.*\sOAuth");
        await using var agent = await CodexAgent.StartAsync(Codex(home, "app-server"));
        await new DeploymentStory(stage, agent).PlayAsync();
    }

    [Fact]
    public async Task Codex_is_told_when_the_person_denies()
    {
        var stage = await shared.GetAsync();
        using var home = new TemporaryFolder();

        await using var adding = ChildProcess.Start(Codex(home, "mcp", "add", "nexus", "--url", stage.McpEndpoint.AbsoluteUri));
        var first = await adding.Log.AuthorizeUrlAsync();
        await stage.Owner.DenyAsync(first);
        // It takes the answer for one to the scopes, and asks again without.
        await stage.Owner.DenyAsync(await adding.Log.AuthorizeUrlAsync(before: first));
        await adding.WaitForExitAsync();

        adding.Log.ToString().Should().Contain("denied");
        (await ListAsync(home)).Should().Contain("Not logged in");
    }

    private static async Task<string> ListAsync(TemporaryFolder home) => (await Shell.RunAsync(Codex(home, "mcp", "list"))).Required;

    private static CommandLine Codex(TemporaryFolder home, params string[] arguments)
    {
        var command = NodeClients.Program("codex", arguments);
        var own = new Dictionary<string, string?> { ["HOME"] = home.Path, ["CODEX_HOME"] = home.Path, ["DISPLAY"] = null };
        return command with { Variables = command.Variables.Concat(own).ToDictionary(), Folder = home.Path };
    }
}
