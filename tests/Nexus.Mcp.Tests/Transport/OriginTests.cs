using System.Net;
using Nexus.Core;
using Nexus.Mcp.Tests.Support;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Tests.Transport;

public sealed class OriginTests(McpServerFixture server)
{
    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://localhost:6274")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("https://inspector.example")]
    public async Task A_known_origin_is_let_in(string origin)
    {
        (await server.PostAsync(Messages.Ping, null, ("Origin", origin))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://inspector.example.evil.example")]
    [InlineData("https://localhost.evil.example")]
    [InlineData("null")]
    public async Task An_unknown_origin_gets_403_and_the_setting_that_would_allow_it(string origin)
    {
        var answer = await server.PostAsync(Messages.Ping, null, ("Origin", origin));

        answer.Status.Should().Be(HttpStatusCode.Forbidden);
        answer.ErrorMessage.Should().Contain(origin);
        answer.Error.GetProperty("data").GetProperty("hint").GetString().Should().Contain("AllowedOrigins");
    }

    [Theory]
    [InlineData("localhost:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("MCP.example:443")]
    public async Task A_known_host_is_let_in(string host)
    {
        (await server.PostAsync(Messages.Ping, null, ("Host", host))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:8080")]
    [InlineData("10.0.0.1")]
    public async Task An_unknown_host_gets_403_as_DNS_rebinding_would_send_one(string host)
    {
        var answer = await server.PostAsync(Messages.Ping, null, ("Host", host));

        answer.Status.Should().Be(HttpStatusCode.Forbidden);
        answer.Error.GetProperty("data").GetProperty("hint").GetString().Should().Contain("AllowedHosts");
    }

    [Theory]
    [InlineData("http://localhost:6274", false)]
    [InlineData("https://nexus.example.com", true)]
    [InlineData("https://mcp.example.com", true)]
    [InlineData("https://login.example.com", true)]
    public void A_public_server_lets_in_its_own_pages_and_no_local_ones(string origin, bool allowed)
    {
        var guard = new OriginGuard(new(), Public);

        (guard.Check(Request("mcp.example.com", origin)) is null).Should().Be(allowed);
    }

    [Fact]
    public void An_asterisk_lets_every_origin_and_host_in()
    {
        var guard = new OriginGuard(new() { AllowedOrigins = ["*"], AllowedHosts = ["*"] }, Public);

        guard.Check(Request("anything.example", "https://anywhere.example")).Should().BeNull();
    }

    private static ServerAddresses Public { get; } =
        new("https://nexus.example.com", "https://mcp.example.com", "https://login.example.com/tenant", "apps.example.com");

    private static Microsoft.AspNetCore.Http.HttpRequest Request(string host, string origin)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        request.Host = new(host);
        request.Headers.Origin = origin;
        return request;
    }
}
