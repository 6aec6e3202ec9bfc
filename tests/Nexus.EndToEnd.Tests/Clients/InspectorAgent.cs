using System.Text.Json;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>MCP Inspector's command line, a process for each call, with a token that it is given.</summary>
internal sealed class InspectorAgent(Stage stage, string accessToken) : IAgent
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _home = new();

    public async Task<IReadOnlyList<string>> ListToolsAsync()
    {
        var listed = Parse((await RunAsync("--method", "tools/list", "--strict")).Required);
        return [.. listed.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];
    }

    /// <summary>Exit code 5 says that the tool has failed; the result is there all the same.</summary>
    public async Task<ToolAnswer> CallAsync(string tool, object? arguments = null)
    {
        var run = await RunAsync("--method", "tools/call", "--tool-name", tool, "--tool-args-json", JsonSerializer.Serialize(arguments ?? new { }));
        run.ExitCode.Should().BeOneOf([0, 5], "{0}", run.Error);
        return new(Parse(run.Output));
    }

    public Task<CommandResult> RunAsync(params string[] arguments)
    {
        var command = NodeClients.Program(
            "inspector",
            ["--cli", stage.McpEndpoint.AbsoluteUri, "--transport", "http", "--header", $"Authorization: Bearer {accessToken}", "--format", "json", .. arguments]);
        var own = new Dictionary<string, string?> { ["HOME"] = _home.Path };
        return Shell.RunAsync(command with { Variables = command.Variables.Concat(own).ToDictionary() }, LongestCall, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonElement Parse(string output) => JsonSerializer.Deserialize<JsonElement>(output).GetProperty("result");
}
