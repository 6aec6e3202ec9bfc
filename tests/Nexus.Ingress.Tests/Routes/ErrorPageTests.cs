using System.Text.Json;
using FluentAssertions;
using Nexus.Core.Routing;
using Nexus.Ingress.Tests.Support;
using Xunit;

namespace Nexus.Ingress.Tests.Routes;

public sealed class ErrorPageTests
{
    [Theory]
    [InlineData(RouteState.Starting, 503, "APPLICATION_STARTING", "2")]
    [InlineData(RouteState.Serving, 503, "APPLICATION_STARTING", "2")]
    [InlineData(RouteState.Stopped, 503, "APPLICATION_STOPPED", null)]
    [InlineData(RouteState.Failed, 503, "APPLICATION_FAILED", null)]
    [InlineData(RouteState.Removed, 404, "NO_SUCH_APPLICATION", null)]
    public async Task A_route_without_replicas_says_why(RouteState state, int status, string code, string? retryAfter)
    {
        await using var ingress = await TestIngress.StartAsync();
        await ingress.RouteAsync("web", state);
        var request = ingress.RequestTo("web");
        request.Headers.Accept.ParseAdd("application/json");

        using var response = await ingress.Http.SendAsync(request);

        ((int)response.StatusCode).Should().Be(status);
        (response.Headers.RetryAfter?.ToString()).Should().Be(retryAfter);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("error").GetProperty("code").GetString().Should().Be(code);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<!doctype html>")]
    [InlineData("application/problem+json", "application/json; charset=utf-8", "{\"error\":")]
    [InlineData("*/*", "text/plain; charset=utf-8", "No application here. ")]
    [InlineData(null, "text/plain; charset=utf-8", "No application here. ")]
    public async Task The_page_is_what_the_visitor_can_read(string? accept, string type, string beginning)
    {
        await using var ingress = await TestIngress.StartAsync();
        var request = ingress.RequestTo("nobody");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await ingress.Http.SendAsync(request);

        response.Content.Headers.ContentType!.ToString().Should().Be(type);
        (await response.Content.ReadAsStringAsync()).Should().StartWith(beginning);
    }

    [Fact]
    public async Task A_browser_comes_back_by_itself_while_the_application_starts()
    {
        await using var ingress = await TestIngress.StartAsync();
        await ingress.RouteAsync("web", RouteState.Starting);
        var request = ingress.RequestTo("web");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await ingress.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Contain("<meta http-equiv=\"refresh\" content=\"2\">");
    }

    [Fact]
    public async Task HEAD_gets_the_status_without_the_page()
    {
        await using var ingress = await TestIngress.StartAsync();

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("nobody", method: HttpMethod.Head));

        ((int)response.StatusCode).Should().Be(404);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_of_the_request_comes_back_in_the_page()
    {
        await using var ingress = await TestIngress.StartAsync();

        var answer = await ingress.SendRawAsync("/<b>?<b>", "a&b'.apps.test", "Accept: text/html", "X: <b>");

        answer.Should().StartWith("HTTP/1.1 404 ").And.NotContain("a&b").And.NotContain("<b>");
    }
}
