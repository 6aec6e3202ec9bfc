using System.Text.Json;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>A TypeScript client with its own OAuth, in <c>tests/clients/agent.mjs</c>, which takes orders line by line.</summary>
internal sealed class TypeScriptAgent : ISignedInAgent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(90);

    private readonly ChildProcess _process;
    private readonly SignInWish _wish;
    private int _read;

    private TypeScriptAgent(ChildProcess process, SignInWish wish) => (_process, _wish) = (process, wish);

    /// <summary>Connects with <c>client</c> (2.x) or <c>sdk</c> (1.x).</summary>
    public static async Task<TypeScriptAgent> ConnectAsync(string library, Stage stage, SignInWish wish, string? era = null)
    {
        var options = JsonSerializer.Serialize(new { wish.ClientName, era }, Json);
        var process = ChildProcess.StartListening(NodeClients.Script("agent", library, stage.McpEndpoint.AbsoluteUri, options));
        var agent = new TypeScriptAgent(process, wish);
        try
        {
            await agent.OrderAsync(new { order = "connect" });
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<string>> ListToolsAsync() =>
        [.. (await OrderAsync(new { order = "list" })).EnumerateArray().Select(name => name.GetString()!)];

    public async Task<ToolAnswer> CallAsync(string tool, object? arguments = null) =>
        new(await OrderAsync(new { order = "call", tool, arguments = arguments ?? new { } }));

    public Task SpoilAccessTokenAsync() => OrderAsync(new { order = "spoil" });

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<JsonElement> OrderAsync(object order)
    {
        await _process.OrderAsync(JsonSerializer.Serialize(order, Json), TestContext.Current.CancellationToken);
        while (true)
        {
            var message = await NextMessageAsync();
            if (message.TryGetProperty("open", out var address))
                await _wish.OpenBrowser(new Uri(address.GetString()!));
            else if (message.TryGetProperty("error", out var error))
                throw new InvalidOperationException(error.GetString());
            else
                return message.GetProperty("result");
        }
    }

    private async Task<JsonElement> NextMessageAsync()
    {
        await Poll.UntilAsync(
            () => _process.Log.Output.Count > _read || _process.HasExited, "the client to answer", LongestAnswer,
            _process.Log.ToString, TestContext.Current.CancellationToken);
        return _process.Log.Output.Count > _read
            ? JsonSerializer.Deserialize<JsonElement>(_process.Log.Output[_read++])
            : throw new InvalidOperationException($"The client has ended. {_process.Log}");
    }
}
