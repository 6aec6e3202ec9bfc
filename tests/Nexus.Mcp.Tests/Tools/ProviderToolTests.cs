using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>Where one can deploy to.</summary>
public sealed class ProviderToolTests : IAsyncLifetime
{
    private readonly McpServerFixture _server = new();

    [Fact]
    public async Task Providers_are_listed_with_what_is_missing()
    {
        var providers = (await _server.DoAsync("nexusai_providers_list")).GetProperty("providers");

        providers[0].GetProperty("id").GetString().Should().Be("docker");
        providers[0].GetProperty("available").GetBoolean().Should().BeTrue();
        providers.EnumerateArray().Last().GetProperty("unavailableBecause").GetString().Should().NotBeEmpty();
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
