using System.Globalization;
using ModelContextProtocol.Client;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary><c>mcp-remote</c>, which lets clients that know only local servers reach a remote one.</summary>
public sealed class McpRemoteTests(Shared<Stage> shared)
{
    [Fact]
    public async Task A_local_only_client_signs_in_and_calls_through_mcp_remote()
    {
        var stage = await shared.GetAsync();
        using var home = new TemporaryFolder();
        var visit = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);

        var connecting = McpClient.CreateAsync(Transport(stage, home, visit), cancellationToken: TestContext.Current.CancellationToken);
        await stage.Owner.AllowAsync(await visit.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await using var client = await connecting;
        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var who = await client.CallToolAsync("nexusai_whoami", cancellationToken: TestContext.Current.CancellationToken);

        tools.Select(tool => tool.Name).Should().Contain("nexusai_deploy_create");
        who.StructuredContent!.Value.GetProperty("user").GetProperty("email").GetString().Should().Be(OwnerAccount.Email);
    }

    private static StdioClientTransport Transport(Stage stage, TemporaryFolder home, TaskCompletionSource<Uri> visit)
    {
        var command = NodeClients.Program(
            "mcp-remote", stage.McpEndpoint.AbsoluteUri, LoopbackPort.Next().ToString(CultureInfo.InvariantCulture));
        return new(new()
        {
            Command = command.Program,
            Arguments = [.. command.Arguments],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["HOME"] = home.Path,
                ["MCP_REMOTE_CONFIG_DIR"] = home.Path,
                // Nothing else, lest it find a browser of its own there.
                ["PATH"] = Path.GetDirectoryName(NodeClients.Node),
            },
            StandardErrorLines = line =>
            {
                if (Prompts.AuthorizeUrlIn(line) is { } address)
                    visit.TrySetResult(address);
            },
        });
    }
}
