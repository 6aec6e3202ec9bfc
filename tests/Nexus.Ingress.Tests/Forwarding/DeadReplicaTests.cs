using System.Net;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Nexus.Core.Routing;
using Nexus.Ingress.Tests.Support;
using Xunit;

namespace Nexus.Ingress.Tests.Forwarding;

public sealed class DeadReplicaTests
{
    [Fact]
    public async Task A_request_for_a_replica_that_is_gone_goes_to_another_whole()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var alive = await TestReplica.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync((await reader.ReadToEndAsync()).ToUpperInvariant());
        });
        var dead = await TestReplica.StartAsync("dead");
        await ingress.ServeAsync("web", dead, alive);
        await dead.DisposeAsync();

        for (var attempt = 0; attempt < 20; attempt++)
        {
            var request = ingress.RequestTo("web", method: HttpMethod.Post);
            request.Content = new StringContent("body");
            using var response = await ingress.Http.SendAsync(request);
            (await response.Content.ReadAsStringAsync()).Should().Be("BODY");
        }

        ingress.View.InFlight(dead.Id).Should().Be(0);
    }

    [Fact]
    public async Task A_connection_that_the_dead_replica_left_behind_costs_no_request()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var alive = await TestReplica.StartAsync("alive");
        var dying = await TestReplica.StartAsync("dying");
        await ingress.ServeAsync("web", dying, alive);
        // Until both have been used, so that a connection to each is waiting for its next request.
        while (dying.Requests == 0 || alive.Requests == 0) await ingress.GetAsync("web");

        await dying.DisposeAsync();

        for (var attempt = 0; attempt < 20; attempt++) (await ingress.GetAsync("web")).Should().Be("alive");
    }

    [Fact]
    public async Task A_replica_that_does_not_even_refuse_is_not_waited_for_while_another_can_answer()
    {
        await using var ingress = await TestIngress.StartAsync(options: new() { ConnectTimeout = TimeSpan.FromHours(1) });
        await using var alive = await TestReplica.StartAsync("alive");
        using var silent = await SilentReplica.StartAsync();
        await ingress.RouteAsync("web", RouteState.Serving, silent.Target, alive.Target);

        for (var attempt = 0; attempt < 10; attempt++) (await ingress.GetAsync("web")).Should().Be("alive");
    }

    [Fact]
    public async Task Where_every_replica_is_gone_the_visitor_is_told()
    {
        await using var ingress = await TestIngress.StartAsync();
        var dead = await TestReplica.StartAsync("dead");
        await ingress.ServeAsync("web", dead);
        await dead.DisposeAsync();

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"));

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("The application did not answer.");
    }

    [Fact]
    public async Task A_request_that_a_replica_has_seen_is_not_repeated()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var first = await TestReplica.StartAsync(Crash);
        await using var second = await TestReplica.StartAsync(Crash);
        await ingress.ServeAsync("web", first, second);
        var request = ingress.RequestTo("web", method: HttpMethod.Post);
        request.Content = new StringContent("pay once");

        using var response = await ingress.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (first.Requests + second.Requests).Should().Be(1);

        static async Task Crash(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            await reader.ReadToEndAsync();
            context.Abort();
        }
    }

    [Fact]
    public async Task An_answer_that_breaks_off_breaks_off_at_the_client_too()
    {
        await using var ingress = await TestIngress.StartAsync();
        var halfRead = new TaskCompletionSource();
        await using var replica = await TestReplica.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            await halfRead.Task;
            context.Abort();
        });
        await ingress.ServeAsync("web", replica);
        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"), HttpCompletionOption.ResponseHeadersRead);
        using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte["half".Length]);

        halfRead.SetResult();
        var readOn = async () => await body.ReadAsync(new byte[1]);

        await readOn.Should().ThrowAsync<IOException>();
        replica.Requests.Should().Be(1);
    }

    [Fact]
    public async Task An_application_that_says_nothing_for_too_long_is_given_up()
    {
        await using var ingress = await TestIngress.StartAsync(options: new() { ActivityTimeout = TimeSpan.FromMilliseconds(200) });
        await using var replica = await TestReplica.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await ingress.ServeAsync("web", replica);

        using var response = await ingress.Http.SendAsync(ingress.RequestTo("web"));

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("The application took too long.");
    }
}
