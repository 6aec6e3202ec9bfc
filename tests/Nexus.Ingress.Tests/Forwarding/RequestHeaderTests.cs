using System.Diagnostics;
using System.Net;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Nexus.Ingress.Tests.Support;
using Xunit;

namespace Nexus.Ingress.Tests.Forwarding;

public sealed class RequestHeaderTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task The_replica_learns_who_asked_and_a_client_cannot_forge_it()
    {
        var seen = await SeenAsync(request =>
        {
            request.Headers.Add("X-Forwarded-For", "6.6.6.6");
            request.Headers.Add("X-Forwarded-Host", "evil.test");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Real-IP", "6.6.6.6");
            request.Headers.Add("Forwarded", "for=6.6.6.6");
        });

        seen["X-Forwarded-For"].Should().Equal("127.0.0.1");
        seen["X-Forwarded-Host"].Should().Equal("web.apps.test:8080");
        seen["X-Forwarded-Proto"].Should().Equal("http");
        seen["Host"].Should().Equal("web.apps.test:8080");
        seen.Should().NotContainKeys("X-Real-IP", "Forwarded");
    }

    [Fact]
    public async Task What_Connection_names_ends_at_the_ingress()
    {
        // Beside keep-alive or close, which Kestrel takes for all that was said, the others would go unread.
        var seen = await SeenAsync(request =>
        {
            request.Headers.TryAddWithoutValidation("Connection", "X-Secret, X-Forwarded-For, Host");
            request.Headers.Add("X-Secret", "1");
            request.Headers.Add("X-Kept", "2");
            request.Headers.TryAddWithoutValidation("Proxy-Authorization", "Basic eA==");
            request.Headers.TryAddWithoutValidation("Keep-Alive", "timeout=5");
        });

        seen.Should().NotContainKeys("X-Secret", "Proxy-Authorization", "Keep-Alive");
        seen["X-Kept"].Should().Equal("2");
        seen["X-Forwarded-For"].Should().Equal("127.0.0.1");
        seen["Host"].Should().Equal("web.apps.test:8080");
    }

    [Fact]
    public async Task Credentials_and_cookies_are_the_applications()
    {
        var seen = await SeenAsync(request =>
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer theirs");
            request.Headers.TryAddWithoutValidation("Cookie", "a=1; b=2");
        });

        seen["Authorization"].Should().Equal("Bearer theirs");
        seen["Cookie"].Should().Equal("a=1; b=2");
    }

    [Fact]
    public async Task A_trace_that_a_client_began_goes_through_as_it_came()
    {
        var seen = await SeenAsync(request => request.Headers.Add("traceparent", Trace));

        seen["traceparent"].Should().Equal(Trace);
    }

    [Fact]
    public async Task No_trace_is_made_up_that_nobody_records()
    {
        var seen = await SeenAsync(_ => { });

        seen.Should().NotContainKey("traceparent");
    }

    [Fact]
    public async Task An_ingress_that_joins_traces_tells_the_replica_of_its_own_span()
    {
        using var recorder = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(recorder);

        var seen = await SeenAsync(request => request.Headers.Add("traceparent", Trace), new() { JoinsTraces = true });

        seen["traceparent"].Single().Should().StartWith(Trace[..36]).And.NotBe(Trace);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/a%2Fb/c%20d?x=%2F&y=a+b")]
    [InlineData("//double//slash/")]
    [InlineData("/a/../b/./c")]
    [InlineData("/%41%7e~'()*;,@:$!|")]
    [InlineData("/?")]
    [InlineData("/%0d%0aX:1")]
    public async Task The_target_arrives_byte_for_byte(string target)
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync(
            context => context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        await ingress.ServeAsync("web", replica);

        var answer = await ingress.SendRawAsync(target, "web.apps.test");

        answer.Should().StartWith("HTTP/1.1 200").And.Contain(target);
    }

    [Fact]
    public async Task A_target_in_absolute_form_reaches_the_application_too()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync(context => context.Response.WriteAsync($"at {context.Request.Path}"));
        await ingress.ServeAsync("web", replica);

        var answer = await ingress.SendRawAsync("http://web.apps.test/deep", "web.apps.test");

        answer.Should().Contain("at /deep");
    }

    private static async Task<Dictionary<string, string?[]>> SeenAsync(Action<HttpRequestMessage> prepare, IngressOptions? options = null)
    {
        await using var ingress = await TestIngress.StartAsync(options: options);
        Dictionary<string, string?[]> seen = [];
        await using var replica = await TestReplica.StartAsync(context =>
        {
            seen = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
            return Task.CompletedTask;
        });
        await ingress.ServeAsync("web", replica);
        var request = ingress.RequestTo("web");
        prepare(request);

        using var response = await ingress.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return seen;
    }
}
