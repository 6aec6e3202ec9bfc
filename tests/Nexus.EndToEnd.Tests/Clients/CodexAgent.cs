using System.Text.Json;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>Codex, signed in, asked for its MCP tools by its app server's protocol: JSON-RPC in lines, no model needed.</summary>
internal sealed class CodexAgent : IAgent
{
    private const string ServerName = "nexus";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(90);

    private readonly ChildProcess _process;
    private string _thread = "";
    private int _requests;

    private CodexAgent(ChildProcess process) => _process = process;

    /// <summary>Starts the app server of a Codex that has the server under the name <c>nexus</c>.</summary>
    public static async Task<CodexAgent> StartAsync(CommandLine appServer)
    {
        var agent = new CodexAgent(ChildProcess.StartListening(appServer));
        await agent.AskAsync("initialize", new { clientInfo = new { name = "nexus-tests", version = "1.0.0" } });
        await agent.SendAsync(new { method = "initialized" });
        var started = await agent.AskAsync("thread/start", new { ephemeral = true });
        agent._thread = started.GetProperty("thread").GetProperty("id").GetString()!;
        return agent;
    }

    public async Task<IReadOnlyList<string>> ListToolsAsync()
    {
        var status = await AskAsync("mcpServerStatus/list", new { serverName = ServerName, threadId = _thread });
        return [.. status.GetProperty("data")[0].GetProperty("tools").EnumerateObject().Select(tool => tool.Name)];
    }

    public async Task<ToolAnswer> CallAsync(string tool, object? arguments = null) =>
        new(await AskAsync("mcpServer/tool/call", new { server = ServerName, threadId = _thread, tool, arguments = arguments ?? new { } }));

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<JsonElement> AskAsync(string method, object parameters)
    {
        var id = ++_requests;
        await SendAsync(new { id, method, @params = parameters });
        var line = await _process.Log.WaitForAsync(
            line => IsAnswerTo(id, line), $"an answer to {method}", LongestAnswer, TestContext.Current.CancellationToken);
        var answer = JsonSerializer.Deserialize<JsonElement>(line);
        answer.TryGetProperty("error", out var error).Should().BeFalse("{0} should succeed: {1}", method, error);
        return answer.GetProperty("result");
    }

    private Task SendAsync(object message) =>
        _process.OrderAsync(JsonSerializer.Serialize(message), TestContext.Current.CancellationToken);

    // Notifications have no id, and its own requests have a method.
    private static bool IsAnswerTo(int id, string line) =>
        line.StartsWith('{') && JsonSerializer.Deserialize<JsonElement>(line) is var message
        && message.TryGetProperty("id", out var of) && of.ValueKind == JsonValueKind.Number && of.GetInt32() == id
        && !message.TryGetProperty("method", out _);
}
