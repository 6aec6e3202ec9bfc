using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>The official C# client with its own OAuth.</summary>
internal sealed class CSharpAgent : ISignedInAgent
{
    private readonly LoopbackCallback _callback = new();
    private readonly SpoilableTokens _tokens = new();
    private McpClient? _client;

    public static async Task<CSharpAgent> ConnectAsync(Stage stage, SignInWish wish, string? revision = null)
    {
        var agent = new CSharpAgent();
        var transport = new HttpClientTransport(new()
        {
            Endpoint = stage.McpEndpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = agent.OAuth(wish),
        });
        agent._client = await McpClient.CreateAsync(
            transport, new() { ProtocolVersion = revision }, cancellationToken: TestContext.Current.CancellationToken);
        return agent;
    }

    public async Task<IReadOnlyList<string>> ListToolsAsync() =>
        [.. (await _client!.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name)];

    public async Task<ToolAnswer> CallAsync(string tool, object? arguments = null)
    {
        var named = JsonSerializer.SerializeToElement(arguments ?? new { }).EnumerateObject()
            .ToDictionary(argument => argument.Name, argument => (object?)argument.Value);
        var result = await _client!.CallToolAsync(tool, named, cancellationToken: TestContext.Current.CancellationToken);
        return new(JsonSerializer.SerializeToElement(result, McpJsonUtilities.DefaultOptions));
    }

    public Task SpoilAccessTokenAsync()
    {
        _tokens.Spoil();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _callback.Dispose();
        if (_client is { } client)
            await client.DisposeAsync();
    }

    private ClientOAuthOptions OAuth(SignInWish wish) => new()
    {
        RedirectUri = _callback.Address,
        DynamicClientRegistration = new() { ClientName = wish.ClientName },
        AuthorizationCallbackHandler = (context, cancellation) => AskAsync(wish, context, cancellation),
        TokenCache = _tokens,
    };

    private async Task<AuthorizationResult?> AskAsync(SignInWish wish, AuthorizationCallbackContext context, CancellationToken cancellation)
    {
        var answer = _callback.ReceiveAsync(cancellation);
        await wish.OpenBrowser(context.AuthorizationUri);
        var parameters = await answer;
        if (parameters["error"] is { } error)
            throw new InvalidOperationException(error);
        return new() { Code = parameters["code"]!, State = parameters["state"], Iss = parameters["iss"] };
    }
}
