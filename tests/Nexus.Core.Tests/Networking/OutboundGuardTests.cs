using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Nexus.Core.Networking;
using Xunit;

namespace Nexus.Core.Tests.Networking;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    public async Task A_host_on_this_machine_or_network_is_refused(string host)
    {
        var connect = async () => await new OutboundGuard(new()).ConnectAsync(new(host, 80), CancellationToken.None);
        (await connect.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("ADDRESS_NOT_PUBLIC");
    }

    [Fact]
    public async Task A_host_without_an_address_is_not_found()
    {
        var resolve = () => new OutboundGuard(new()).ResolveAsync("nowhere.invalid", CancellationToken.None);
        (await resolve.Should().ThrowAsync<NexusException>()).Which.Code.Should().Be("HOST_NOT_FOUND");
    }

    [Fact]
    public async Task A_host_that_the_operator_allows_is_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var guard = new OutboundGuard(new() { AllowedHosts = ["LOCALHOST"] });
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var stream = await guard.ConnectAsync(new("localhost", port), CancellationToken.None);
        stream.CanWrite.Should().BeTrue();
        await guard.Invoking(other => other.ConnectAsync(new("127.0.0.1", port), CancellationToken.None).AsTask())
            .Should().ThrowAsync<NexusException>("only the name was allowed");
    }

    [Fact]
    public async Task The_handler_refuses_too()
    {
        using var client = new HttpClient(new OutboundGuard(new()).CreateHandler());
        var get = () => client.GetAsync("http://localhost:9/");
        (await get.Should().ThrowAsync<HttpRequestException>()).WithInnerException<NexusException>();
    }
}
