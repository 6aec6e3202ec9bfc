namespace Nexus.EndToEnd.Tests.Support;

/// <summary>A real MCP client, connected.</summary>
internal interface IAgent : IAsyncDisposable
{
    Task<IReadOnlyList<string>> ListToolsAsync();

    Task<ToolAnswer> CallAsync(string tool, object? arguments = null);
}

/// <summary>A client that signs in by itself and lets a test at its tokens.</summary>
internal interface ISignedInAgent : IAgent
{
    /// <summary>Makes its access token one that the server refuses, as an expired one is.</summary>
    Task SpoilAccessTokenAsync();
}
