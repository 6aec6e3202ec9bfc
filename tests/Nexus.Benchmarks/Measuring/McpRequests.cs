namespace Nexus.Benchmarks.Measuring;

/// <summary>Messages to the MCP endpoint, as wrk sends them.</summary>
internal static class McpRequests
{
    public const string ToolsList = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    public static string WhoAmI { get; } = Call("nexusai_whoami", "{}");

    public static string List { get; } = Call("nexusai_deploy_list", "{}");

    /// <summary>What the peers answer in place of whoami: a tool of theirs that answers a constant.</summary>
    public static string Peer { get; } = Call("whoami", "{}");

    /// <summary>Of the newest deployment that is recorded.</summary>
    public static async Task<string> StatusAsync(Stage stage)
    {
        var page = await stage.Agent.CallAsync("nexusai_deploy_list", new { limit = 1 });
        var id = page.GetProperty("deployments")[0].GetProperty("id").GetString();
        return Call("nexusai_deploy_status", $$"""{"deploymentId":"{{id}}"}""");
    }

    public static Task<WrkResult> RunAsync(Stage stage, string body, int connections, int seconds)
    {
        var port = stage.Server.BaseUrl.Port;
        var request = new WrkRequest(new Uri($"http://127.0.0.1:{port}/mcp")) { Host = $"localhost:{port}", Bearer = stage.Agent.Token, Body = body };
        return Wrk.RunAsync(request, connections, seconds);
    }

    private static string Call(string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";
}
