using ModelContextProtocol.Authentication;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary>The C# client's memory for tokens, with a way to make the access token a dead one.</summary>
internal sealed class SpoilableTokens : ITokenCache
{
    private TokenContainer? _tokens;

    public ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken)
    {
        _tokens = tokens;
        return ValueTask.CompletedTask;
    }

    public ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken) => new(_tokens);

    public void Spoil() => _tokens!.AccessToken = "spoiled";
}
