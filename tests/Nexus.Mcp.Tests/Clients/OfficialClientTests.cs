using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Nexus.Mcp.Tests.Support;

namespace Nexus.Mcp.Tests.Clients;

public sealed class OfficialClientTests(McpServerFixture server)
{
    [Theory]
    [InlineData(null)]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task It_lists_and_calls_in_every_revision(string? revision)
    {
        await using var client = await ConnectAsync(revision);

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var result = await client.CallToolAsync("nexusai_whoami", cancellationToken: TestContext.Current.CancellationToken);

        client.NegotiatedProtocolVersion.Should().Be(revision ?? "2026-07-28");
        tools.Select(tool => tool.Name).Should().Contain("nexusai_deploy_create");
        result.StructuredContent!.Value.GetProperty("role").GetString().Should().Be("Owner");
    }

    [Fact]
    public async Task It_is_told_of_a_failed_call_as_a_result_and_of_an_unknown_tool_as_an_error()
    {
        await using var client = await ConnectAsync(null);

        var failed = await client.CallToolAsync(
            "nexusai_deploy_status", new Dictionary<string, object?> { ["deploymentId"] = "nope" },
            cancellationToken: TestContext.Current.CancellationToken);
        var unknown = async () => await client.CallToolAsync("nope");

        failed.IsError.Should().BeTrue();
        failed.Content.OfType<TextContentBlock>().Single().Text.Should().Contain("DEPLOYMENT_NOT_FOUND");
        (await unknown.Should().ThrowAsync<McpProtocolException>()).Which.ErrorCode.Should().Be(McpErrorCode.InvalidParams);
    }

    private Task<McpClient> ConnectAsync(string? revision) => McpClient.CreateAsync(
        new HttpClientTransport(new()
        {
            Endpoint = server.Endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.OwnerToken },
        }),
        new() { ProtocolVersion = revision },
        cancellationToken: TestContext.Current.CancellationToken);
}
