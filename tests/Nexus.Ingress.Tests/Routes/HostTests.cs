using FluentAssertions;
using Nexus.Ingress.Tests.Support;
using Xunit;

namespace Nexus.Ingress.Tests.Routes;

public sealed class HostTests
{
    [Theory]
    [InlineData("web.apps.test")]
    [InlineData("web.apps.test:1")]
    [InlineData("WEB.Apps.TEST:8080")]
    [InlineData("web.apps.test.")]
    [InlineData("web.apps.test.:8080")]
    public async Task An_application_answers_however_its_host_is_written(string host)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);

        (await ingress.SendRawAsync("/", host)).Should().Contain("\r\nhello\r\n");
    }

    [Theory]
    [InlineData("nexus.apps.test")]
    [InlineData("NEXUS.apps.test.:8080")]
    [InlineData("mcp.apps.test")]
    [InlineData("apps.test")]
    [InlineData(".apps.test")]
    [InlineData("127.0.0.1")]
    [InlineData("webapps.test")]
    [InlineData("web.apps.test.example.com")]
    public async Task A_host_that_is_no_applications_is_left_to_the_server(string host)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);
        await ingress.ServeAsync("mcp", replica);

        (await ingress.SendRawAsync("/", host)).Should().Contain("\r\nserver\r\n");
    }

    [Theory]
    [InlineData("other.apps.test")]
    [InlineData("a.web.apps.test")]
    [InlineData("web..apps.test")]
    public async Task A_name_that_nobody_has_is_nobodys(string host)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);

        (await ingress.SendRawAsync("/", host)).Should().StartWith("HTTP/1.1 404 ");
    }

    [Fact]
    public async Task A_deleted_deployments_name_can_be_anothers()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var before = await TestReplica.StartAsync("before");
        await using var after = await TestReplica.StartAsync("after");
        await ingress.ServeAsync("web", before);

        await ingress.RemoveAsync("web");
        (await ingress.GetAsync("web")).Should().StartWith("No application here");

        await ingress.ServeAsync("web", after);
        (await ingress.GetAsync("web")).Should().Be("after");
    }
}
