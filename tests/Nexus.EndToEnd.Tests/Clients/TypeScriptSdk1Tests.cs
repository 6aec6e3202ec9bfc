using Nexus.EndToEnd.Tests.Support;

namespace Nexus.EndToEnd.Tests.Clients;

/// <summary><c>@modelcontextprotocol/sdk</c>, version 1, which most agents still have inside.</summary>
public sealed class TypeScriptSdk1Tests(Shared<Stage> shared) : SignInTests(shared, "TypeScript SDK 1")
{
    private protected override async Task<ISignedInAgent> ConnectAsync(Stage stage, SignInWish wish, string? revision = null) =>
        await TypeScriptAgent.ConnectAsync("sdk", stage, wish);
}
