using FluentAssertions;
using Nexus.Core.Routing;
using Nexus.Ingress.Tests.Support;
using Xunit;

namespace Nexus.Ingress.Tests.Routes;

public sealed class CustomDomainTests
{
    [Theory]
    [InlineData("shop.example.com")]
    [InlineData("SHOP.Example.com.:8080")]
    [InlineData("web.apps.test")]
    public async Task A_deployment_answers_at_its_domains_and_its_own_name(string host)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);
        await ingress.GiveDomainsAsync("web", "shop.example.com", "example.com");

        (await ingress.SendRawAsync("/", host)).Should().Contain("\r\nhello\r\n");
    }

    [Theory]
    [InlineData("shop.example.com.apps.test", "HTTP/1.1 404 ")]
    [InlineData("shop.example.com..apps.test", "HTTP/1.1 404 ")]
    [InlineData("web", "server")]
    [InlineData("www.shop.example.com", "server")]
    [InlineData("nexus.apps.test", "server")]
    public async Task A_domain_is_not_taken_for_a_name_nor_a_name_for_a_domain(string host, string answer)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);
        await ingress.GiveDomainsAsync("web", "shop.example.com", "nexus.apps.test");

        (await ingress.SendRawAsync("/", host)).Should().Contain(answer);
    }

    [Fact]
    public async Task A_domain_that_was_given_up_is_nobodys_at_once()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);
        await ingress.GiveDomainsAsync("web", "shop.example.com");

        await ingress.GiveDomainsAsync("web");

        (await ingress.GetAsync("shop.example.com")).Should().Be("server");
    }

    [Fact]
    public async Task A_visitor_of_a_stopped_deployment_meets_its_page_there_too()
    {
        await using var ingress = await TestIngress.StartAsync();
        await ingress.RouteAsync("web", RouteState.Stopped);
        await ingress.GiveDomainsAsync("web", "shop.example.com");

        (await ingress.GetAsync("shop.example.com")).Should().StartWith("The application is stopped");
    }
}
